/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ovf;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.bootstrapvz.api.value.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.SAXException;

/**
 * Validates the descriptor against a schema of the requirements in the specification of OVF. DMTF's
 * own schema is not in an archive that the build can use. envelope.xsd has the same rules for the
 * elements that are used here, and is stricter about references.
 */
class OvfSchemaTest {
  private static Schema schema;

  @BeforeAll
  static void readSchema() throws SAXException {
    schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(OvfSchemaTest.class.getResource("envelope.xsd"));
  }

  private static String xml(String name, String architecture, boolean efi) {
    return new OvfDescriptor(
            name,
            architecture,
            efi,
            new OvfDescriptor.Disk("disk1.vmdk", new Bytes(123_456), Bytes.mebibytes(2048)),
            new MacAddress("0800270A1B2C"),
            UUID.randomUUID(),
            UUID.randomUUID(),
            Instant.now())
        .xml();
  }

  private static void validate(String xml) throws SAXException, IOException {
    schema.newValidator().validate(new StreamSource(new StringReader(xml)));
  }

  @ParameterizedTest
  @CsvSource({"debian, amd64, false", "a <b> & \"c\", i386, true", "Ümläut, amd64, true"})
  void theDescriptorConformsToTheSpecification(String name, String architecture, boolean efi) {
    assertDoesNotThrow(() -> validate(xml(name, architecture, efi)));
  }

  @ParameterizedTest
  @CsvSource({
    "a section without an Info, <Info>The disks of the machine</Info>, ''",
    "an element of another namespace in an item, rasd:Caption, vssd:Caption",
    "a disk without a file, 'ovf:fileRef=\"file1\"', 'ovf:fileRef=\"file2\"'",
    "a network that is not described, <Network ovf:name=\"NAT\">, <Network ovf:name=\"LAN\">",
    "a parent that is not an item, <rasd:Parent>3<, <rasd:Parent>9<",
    "two items with one id, <rasd:InstanceID>5<, <rasd:InstanceID>4<",
    "an attribute without its namespace, ovf:diskId=, diskId=",
    "a capacity that is not a number, ovf:capacity=\", ovf:capacity=\"about ",
    "an invalid unit, byte * 2^20, MegaBytes",
    "a kind of resource that is not a number, <rasd:ResourceType>17<, <rasd:ResourceType>disk<",
    "a disk that is not a resource of the package, ovf:/disk/vmdisk1, vmdisk1",
    "an unknown element, <Name>, <Title/><Name>",
    "a machine without an id, <VirtualSystem ovf:id=\"debian\">, <VirtualSystem>",
  })
  void anInvalidDescriptorIsRefused(String error, String valid, String invalid) {
    String descriptor = xml("debian", "amd64", false);
    String broken = descriptor.replace(valid, invalid == null ? "" : invalid);
    assertNotEquals(descriptor, broken, error);
    assertThrows(SAXException.class, () -> validate(broken), error);
  }

  @Test
  void aDescriptorWithItsPartsInAnotherOrderIsRefused() {
    String descriptor = xml("debian", "amd64", false);
    assertRefusedSwapped(
        descriptor, "(?s)(<DiskSection>.*</DiskSection>)\\s*(<NetworkSection>.*</NetworkSection>)");
    assertRefusedSwapped(
        descriptor, "(<rasd:ElementName>[^<]*<[^>]*>)\\s*(<rasd:InstanceID>[^<]*<[^>]*>)");
    assertRefusedSwapped(
        descriptor, "(<vssd:ElementName>[^<]*<[^>]*>)\\s*(<vssd:InstanceID>[^<]*<[^>]*>)");
  }

  /** With the two groups of an expression swapped. */
  private static void assertRefusedSwapped(String descriptor, String parts) {
    String swapped = descriptor.replaceFirst(parts, "$2$1");
    assertNotEquals(descriptor, swapped, parts);
    String message = assertThrows(SAXException.class, () -> validate(swapped)).getMessage();
    assertTrue(message.contains("Invalid content was found"), message);
  }
}
