/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of a response in XML, or the absence of one. Used by one thread. */
public final class XmlElement {
  private static final XmlElement MISSING = new XmlElement(null);

  private final @Nullable Element element;

  private XmlElement(@Nullable Element element) {
    this.element = element;
  }

  /** Returns the root of a document; a missing element if the text is not XML. */
  static XmlElement parse(String text) {
    if (!text.stripLeading().startsWith("<")) {
      return MISSING;
    }
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return new XmlElement(
          builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
    } catch (SAXException e) {
      return MISSING;
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first element below this one at a path of names. */
  public XmlElement find(String... path) {
    XmlElement found = this;
    for (String name : path) {
      List<XmlElement> next = found.all(name);
      found = next.isEmpty() ? MISSING : next.get(0);
    }
    return found;
  }

  /** Returns the elements of this name directly below this one. */
  public List<XmlElement> all(String name) {
    List<XmlElement> found = new ArrayList<>();
    for (Node node = element == null ? null : element.getFirstChild();
        node != null;
        node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        found.add(new XmlElement(child));
      }
    }
    return found;
  }

  /** Returns the items of a list: {@code <imagesSet><item>…}. */
  public List<XmlElement> items(String list) {
    return find(list).all("item");
  }

  /** Returns the text of an element directly below this one; empty if there is none. */
  public String text(String name) {
    Element child = find(name).element;
    return child == null ? "" : child.getTextContent().strip();
  }
}
