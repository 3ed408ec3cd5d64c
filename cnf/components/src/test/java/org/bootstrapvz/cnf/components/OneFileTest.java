/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OneFileTest {

  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

  private final Jar jar = new Jar("bundle");
  private final Analyzer analyzer;

  OneFileTest() throws Exception {
    analyzer = new Analyzer(jar);
  }

  @Test
  void severalDescriptionsBecomeOneInTheOrderOfTheirNames() throws Exception {
    put("OSGI-INF/b.xml", DECLARATION + "<b/>\n");
    put("OSGI-INF/a.xml", DECLARATION + "<a/>\n");
    analyzer.setProperty("Service-Component", "OSGI-INF/b.xml,OSGI-INF/a.xml");

    new OneFile().analyzeJar(analyzer);

    assertEquals("OSGI-INF/components.xml", analyzer.getProperty("Service-Component"));
    assertEquals(
        DECLARATION + "<components>\n<a/>\n<b/>\n</components>\n",
        new String(
            jar.getResource("OSGI-INF/components.xml").openInputStream().readAllBytes(),
            StandardCharsets.UTF_8));
    assertNull(jar.getResource("OSGI-INF/a.xml"));
    assertNull(jar.getResource("OSGI-INF/b.xml"));
  }

  @Test
  void oneDescriptionStaysAsItIs() throws Exception {
    put("OSGI-INF/a.xml", DECLARATION + "<a/>\n");
    analyzer.setProperty("Service-Component", "OSGI-INF/a.xml");

    new OneFile().analyzeJar(analyzer);

    assertEquals("OSGI-INF/a.xml", analyzer.getProperty("Service-Component"));
  }

  @Test
  void aDescriptionInAnotherEncodingIsRefused() {
    put("OSGI-INF/a.xml", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>");
    put("OSGI-INF/b.xml", DECLARATION + "<b/>\n");
    analyzer.setProperty("Service-Component", "OSGI-INF/a.xml,OSGI-INF/b.xml");

    assertThrows(IOException.class, () -> new OneFile().analyzeJar(analyzer));
  }

  private void put(String file, String text) {
    jar.putResource(file, new EmbeddedResource(text.getBytes(StandardCharsets.UTF_8), 0));
  }
}
