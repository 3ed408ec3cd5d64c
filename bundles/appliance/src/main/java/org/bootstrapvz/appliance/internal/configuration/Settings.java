/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * What a configuration file may hold, as described by the metatype that the build makes of the
 * annotations.
 */
record Settings(String pid, Map<String, Setting> byKey) {

  /** Those of a metatype document. */
  static Settings read(InputStream document) throws IOException {
    Map<String, Setting> settings = new LinkedHashMap<>();
    String pid = "";
    try {
      XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(document);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          if (xml.getLocalName().equals("AD")) {
            Setting setting = setting(xml);
            settings.put(setting.key(), setting);
          } else if (xml.getLocalName().equals("Designate")) {
            pid = xml.getAttributeValue(null, "pid");
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("The description of the settings cannot be read", e);
    }
    return new Settings(pid, settings);
  }

  private static Setting setting(XMLStreamReader xml) throws XMLStreamException {
    String key = xml.getAttributeValue(null, "id");
    String type = xml.getAttributeValue(null, "type");
    boolean list = xml.getAttributeValue(null, "cardinality") != null;
    boolean required = !"false".equals(xml.getAttributeValue(null, "required"));
    OptionalLong min = number(xml.getAttributeValue(null, "min"));
    OptionalLong max = number(xml.getAttributeValue(null, "max"));
    String usual = xml.getAttributeValue(null, "default");
    String description = xml.getAttributeValue(null, "description");
    List<String> options = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      options.add(xml.getAttributeValue(null, "value"));
      xml.nextTag();
    }
    return new Setting(
        key, type, list, required, min, max, options, usual == null ? "" : usual, description);
  }

  private static OptionalLong number(String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  /**
   * The values of a file.
   *
   * @param problems is told what is wrong, each in a sentence that begins with the key
   */
  Map<String, Object> values(Map<String, String> lines, Consumer<String> problems) {
    Map<String, Object> values = new TreeMap<>();
    new TreeMap<>(lines)
        .forEach(
            (key, text) -> {
              Setting setting = byKey.get(key);
              if (setting == null) {
                problems.accept(key + ": There is no such setting" + instead(key));
                return;
              }
              try {
                values.put(key, setting.value(text));
              } catch (IllegalArgumentException e) {
                problems.accept(key + ": " + e.getMessage());
              }
            });
    return values;
  }

  private String instead(String key) {
    return Suggestion.nearest(key, byKey.keySet())
        .map(near -> "; did you mean " + near + "?")
        .orElse("; there are " + String.join(", ", byKey.keySet()));
  }
}
