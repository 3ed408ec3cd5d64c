/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ovf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class OvfDescriptorTest {
  private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";
  private static final String CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/";
  private static final String RASD = CIM + "CIM_ResourceAllocationSettingData";
  private static final String VSSD = CIM + "CIM_VirtualSystemSettingData";
  private static final String VBOX = "http://www.virtualbox.org/ovf/machine";
  private static final UUID MACHINE = UUID.fromString("0f3a1c52-7f0e-4a57-9d6e-6a6f0b2a9e11");
  private static final UUID DISK = UUID.fromString("c0a8f6de-4a7e-4a0f-8f57-1f1f5d5b7a22");

  private static Document parsed(String name, String architecture, boolean efi) throws Exception {
    OvfDescriptor descriptor =
        new OvfDescriptor(
            name,
            architecture,
            efi,
            new OvfDescriptor.Disk("disk1.vmdk", new Bytes(123_456), Bytes.mebibytes(2048)),
            new MacAddress("0800270A1B2C"),
            MACHINE,
            DISK,
            Instant.parse("2026-03-04T05:06:07.890Z"));
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(descriptor.xml())));
  }

  private static Document parsed() throws Exception {
    return parsed("debian", "amd64", false);
  }

  private static List<Element> all(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  private static List<Element> all(Document document, String name) {
    return all(document.getElementsByTagNameNS(OVF, name));
  }

  private static Element one(Document document, String name) {
    List<Element> found = all(document, name);
    assertEquals(1, found.size(), name);
    return found.get(0);
  }

  /** The items of the hardware by the number of their resource type. */
  private static Element item(Document document, String resourceType) {
    List<Element> found =
        all(document, "Item").stream()
            .filter(item -> rasd(item, "ResourceType").equals(resourceType))
            .toList();
    assertEquals(1, found.size(), "items of type " + resourceType);
    return found.get(0);
  }

  private static String rasd(Element item, String name) {
    return all(item.getElementsByTagNameNS(RASD, name)).get(0).getTextContent();
  }

  @Test
  void theSectionsAreInTheOrderOfTheSchema() throws Exception {
    Element envelope = parsed().getDocumentElement();
    assertEquals(OVF, envelope.getNamespaceURI());
    assertEquals("Envelope", envelope.getLocalName());
    assertEquals(
        List.of("References", "DiskSection", "NetworkSection", "VirtualSystem"),
        all(envelope.getChildNodes()).stream().map(Node::getLocalName).toList());
    Element system = one(parsed(), "VirtualSystem");
    assertEquals(
        List.of("Info", "Name", "OperatingSystemSection", "VirtualHardwareSection", "Machine"),
        all(system.getChildNodes()).stream().map(Node::getLocalName).toList());
  }

  @Test
  void theElementsOfAnItemAreSortedAsTheSchemaOfCimRequires() throws Exception {
    List<Element> items = all(parsed(), "Item");
    assertEquals(5, items.size());
    for (Element item : items) {
      List<Element> children = all(item.getChildNodes());
      assertTrue(children.stream().allMatch(child -> RASD.equals(child.getNamespaceURI())));
      List<String> names = children.stream().map(Node::getLocalName).toList();
      assertEquals(names.stream().sorted().toList(), names);
      assertTrue(names.containsAll(List.of("ElementName", "InstanceID", "ResourceType")));
    }
    assertEquals(
        List.of("1", "2", "3", "4", "5"),
        items.stream().map(item -> rasd(item, "InstanceID")).toList());
  }

  @Test
  void everyReferenceHasATarget() throws Exception {
    Document document = parsed();
    Element file = one(document, "File");
    Element disk = one(document, "Disk");
    assertEquals("disk1.vmdk", file.getAttributeNS(OVF, "href"));
    assertEquals("123456", file.getAttributeNS(OVF, "size"));
    assertEquals(file.getAttributeNS(OVF, "id"), disk.getAttributeNS(OVF, "fileRef"));
    Element attached = item(document, "17");
    assertEquals("ovf:/disk/" + disk.getAttributeNS(OVF, "diskId"), rasd(attached, "HostResource"));
    assertEquals(rasd(item(document, "20"), "InstanceID"), rasd(attached, "Parent"));
    assertEquals(
        all(one(document, "NetworkSection").getElementsByTagNameNS(OVF, "Network"))
            .get(0)
            .getAttributeNS(OVF, "name"),
        rasd(item(document, "10"), "Connection"));
    assertEquals("{" + DISK + "}", one(document, "Image").getAttribute("uuid"));
    assertEquals(DISK.toString(), disk.getAttributeNS(VBOX, "uuid"));
  }

  @Test
  void theDiskIsAStreamOptimizedVmdkWithItsCapacityInBytes() throws Exception {
    Element disk = one(parsed(), "Disk");
    assertEquals("2147483648", disk.getAttributeNS(OVF, "capacity"));
    assertEquals(
        "http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized",
        disk.getAttributeNS(OVF, "format"));
  }

  @Test
  void theMachineHasOneProcessorAnd512MebibytesAndASataController() throws Exception {
    Document document = parsed();
    assertEquals("1", rasd(item(document, "3"), "VirtualQuantity"));
    Element memory = item(document, "4");
    assertEquals("512", rasd(memory, "VirtualQuantity"));
    assertEquals("byte * 2^20", rasd(memory, "AllocationUnits"));
    assertEquals("AHCI", rasd(item(document, "20"), "ResourceSubType"));
    assertEquals("512", one(document, "Memory").getAttribute("RAMSize"));
  }

  /** In the original these were attributes of a namespace, which VirtualBox ignores. */
  @Test
  void nameIdsDateAndMacAreInAttributesWithoutANamespace() throws Exception {
    Document document = parsed("a & b", "amd64", false);
    List<Element> machines = all(document.getElementsByTagNameNS(VBOX, "Machine"));
    assertEquals(1, machines.size());
    Element machine = machines.get(0);
    assertEquals("a & b", machine.getAttribute("name"));
    assertEquals("{" + MACHINE + "}", machine.getAttribute("uuid"));
    assertEquals("2026-03-04T05:06:07Z", machine.getAttribute("lastStateChange"));
    assertEquals("0800270A1B2C", one(document, "Adapter").getAttribute("MACAddress"));
    assertEquals("0800270A1B2C", rasd(item(document, "10"), "Address"));
    assertEquals("a & b", one(document, "VirtualSystem").getAttributeNS(OVF, "id"));
    assertEquals(
        "a & b",
        document.getElementsByTagNameNS(VSSD, "VirtualSystemIdentifier").item(0).getTextContent());
    assertEquals("false", machine.getAttributeNS(OVF, "required"));
  }

  @Test
  void noPlaceholderIsLeft() throws Exception {
    assertFalse(parsed().getDocumentElement().getTextContent().contains("@"));
    List<Element> elements = all(parsed().getElementsByTagName("*"));
    for (Element element : elements) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String value = element.getAttributes().item(i).getNodeValue();
        assertFalse(value.contains("@"), value);
        assertFalse(value.isEmpty(), element.getTagName());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"amd64,false,96,Debian_64,true,BIOS", "i386,true,95,Debian,false,EFI"})
  void systemProcessorAndFirmwareAreThoseOfTheImage(
      String architecture,
      boolean efi,
      String number,
      String system,
      String longMode,
      String firmware)
      throws Exception {
    Document document = parsed("debian", architecture, efi);
    assertEquals(number, one(document, "OperatingSystemSection").getAttributeNS(OVF, "id"));
    assertEquals(system, document.getElementsByTagNameNS(VBOX, "OSType").item(0).getTextContent());
    assertEquals(longMode, one(document, "LongMode").getAttribute("enabled"));
    assertEquals(firmware, one(document, "Firmware").getAttribute("type"));
  }

  @ParameterizedTest
  @CsvSource({"bios,false", "hybrid,false", "uefi,true"})
  void onlyAnImageThatABiosCannotBootGetsUefi(String firmware, boolean efi) {
    TestManifest manifest = new TestManifest().with("system.firmware", firmware);
    OvfDescriptor.Disk disk = new OvfDescriptor.Disk("d.vmdk", new Bytes(1), new Bytes(2));
    MacAddress mac = new MacAddress("080027000000");
    OvfDescriptor one = OvfDescriptor.of(manifest, disk, mac);
    assertEquals(efi, one.efi());
    assertEquals("image", one.name());
    assertNotEquals(one.machineId(), OvfDescriptor.of(manifest, disk, mac).machineId());
    assertNotEquals(one.diskId(), one.machineId());
  }

  @Test
  void addressesOfVirtualBoxStartWithItsPrefix() {
    String address = MacAddress.ofVirtualBox(new Random(1)).text();
    assertTrue(address.matches("080027[0-9A-F]{6}"), address);
    assertThrows(IllegalArgumentException.class, () -> new MacAddress("08:00:27:00:00:00"));
  }
}
