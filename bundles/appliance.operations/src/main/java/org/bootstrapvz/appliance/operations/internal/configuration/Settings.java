/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.appliance.api.operations.ConfigurationSection;
import org.bootstrapvz.appliance.api.operations.Quantity;

/** The settings of a configuration file, as its Metatype document describes them. */
record Settings(ConfigurationSection section, Map<String, Setting> byKey) {

  /** Reads the Metatype document of a section. */
  static Settings of(ConfigurationSection section) throws IOException {
    Map<String, Setting> settings = new LinkedHashMap<>();
    String resource = "/OSGI-INF/metatype/" + section.settings().getName() + ".xml";
    try (InputStream document = section.getClass().getResourceAsStream(resource)) {
      if (document == null) {
        throw new IOException("The resource " + resource + " is missing");
      }
      XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(document);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          if (xml.getLocalName().equals("AD")) {
            Setting setting = setting(xml, section.quantities());
            settings.put(setting.key(), setting);
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException("The resource " + resource + " is not valid", e);
    }
    return new Settings(section, settings);
  }

  private static Setting setting(XMLStreamReader xml, Map<String, Quantity> quantities)
      throws XMLStreamException {
    String key = xml.getAttributeValue(null, "id");
    String type = xml.getAttributeValue(null, "type");
    boolean list = xml.getAttributeValue(null, "cardinality") != null;
    OptionalLong min = number(xml.getAttributeValue(null, "min"));
    OptionalLong max = number(xml.getAttributeValue(null, "max"));
    String defaultValue = xml.getAttributeValue(null, "default");
    String description = xml.getAttributeValue(null, "description");
    List<String> options = new ArrayList<>();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      options.add(xml.getAttributeValue(null, "value"));
      xml.nextTag();
    }
    return new Setting(
        key,
        type,
        list,
        min,
        max,
        options,
        Optional.ofNullable(quantities.get(key)),
        defaultValue == null ? "" : defaultValue,
        description == null ? "" : description);
  }

  private static OptionalLong number(String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  /**
   * Returns the values of a file.
   *
   * @param problems receives the errors, each a sentence that begins with the key
   */
  Map<String, Object> values(Map<String, String> lines, Consumer<String> problems) {
    Map<String, Object> values = new TreeMap<>();
    new TreeMap<>(lines)
        .forEach(
            (key, text) -> {
              Setting setting = byKey.get(key);
              if (setting == null) {
                problems.accept(key + ": Unknown setting" + suggestion(key));
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

  private String suggestion(String key) {
    Setting renamed = byKey.get(section.renamedKeys().getOrDefault(key, ""));
    if (renamed != null) {
      return "; it was replaced by " + renamed.key() + ": " + renamed.domain();
    }
    return Suggestion.nearest(key, byKey.keySet())
        .map(near -> "; did you mean " + near + "?")
        .orElse("; valid settings are " + String.join(", ", byKey.keySet()));
  }
}
