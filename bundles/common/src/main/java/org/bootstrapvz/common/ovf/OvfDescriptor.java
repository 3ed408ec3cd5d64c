/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ovf;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.Firmware;

/**
 * A machine with one processor, 512 MiB of memory, one disk on a SATA controller and one network
 * card behind NAT, as OVF 1.0 describes it. The firmware and the fixed address of the network card,
 * which OVF cannot express, are in VirtualBox's own section, which others skip.
 *
 * @param name of the machine
 * @param architecture of the kernel: {@code amd64} or {@code i386}
 * @param efi whether only UEFI can start it
 * @param disk its disk
 * @param mac address of its network card
 * @param machineId of the machine
 * @param diskId of the disk
 * @param made when it was described
 */
public record OvfDescriptor(
    String name,
    String architecture,
    boolean efi,
    Disk disk,
    MacAddress mac,
    UUID machineId,
    UUID diskId,
    Instant made) {

  /** MiB. */
  private static final int MEMORY = 512;

  /**
   * The disk of the machine, a stream-optimized vmdk.
   *
   * @param file name of the file, next to the descriptor
   * @param size of the file
   * @param capacity size of the disk
   */
  public record Disk(String file, Bytes size, Bytes capacity) {}

  /** The machine for the image of a manifest, with random ids. */
  public static OvfDescriptor of(Manifest manifest, Disk disk, MacAddress mac) {
    Firmware firmware = manifest.firmware();
    return new OvfDescriptor(
        manifest.name(),
        manifest.architecture(),
        firmware.uefi() && !firmware.bios(),
        disk,
        mac,
        UUID.randomUUID(),
        UUID.randomUUID(),
        Instant.now());
  }

  /** The text of the descriptor's file. */
  public String xml() {
    boolean wide = architecture.equals("amd64");
    // VirtualBox and the numbers of CIM treat Debian for 32 and for 64 bits as two systems.
    return TEMPLATE
        .replace("@OS@", wide ? "Debian_64" : "Debian")
        .replace("@OS_ID@", wide ? "96" : "95")
        .replace("@LONG_MODE@", String.valueOf(wide))
        .replace("@FIRMWARE@", efi ? "EFI" : "BIOS")
        .replace("@MEMORY@", String.valueOf(MEMORY))
        .replace("@FILE_SIZE@", String.valueOf(disk.size().count()))
        .replace("@CAPACITY@", String.valueOf(disk.capacity().count()))
        .replace("@MAC@", mac.text())
        .replace("@MACHINE_ID@", machineId.toString())
        .replace("@DISK_ID@", diskId.toString())
        .replace("@MADE@", made.truncatedTo(ChronoUnit.SECONDS).toString())
        .replace("@FILE@", escaped(disk.file()))
        .replace("@NAME@", escaped(name));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  // The schemas define the order of the elements: those of an item are sorted by name.
  private static final String TEMPLATE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Envelope ovf:version="1.0" xml:lang="en-US"
          xmlns="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
          xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
          xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
          xmlns:vbox="http://www.virtualbox.org/ovf/machine">
        <References>
          <File ovf:id="file1" ovf:href="@FILE@" ovf:size="@FILE_SIZE@"/>
        </References>
        <DiskSection>
          <Info>The disks of the machine</Info>
          <Disk ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:capacity="@CAPACITY@"
              ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"
              vbox:uuid="@DISK_ID@"/>
        </DiskSection>
        <NetworkSection>
          <Info>The networks the machine is in</Info>
          <Network ovf:name="NAT">
            <Description>A network that translates addresses</Description>
          </Network>
        </NetworkSection>
        <VirtualSystem ovf:id="@NAME@">
          <Info>A virtual machine</Info>
          <Name>@NAME@</Name>
          <OperatingSystemSection ovf:id="@OS_ID@">
            <Info>The system that is installed</Info>
            <Description>@OS@</Description>
            <vbox:OSType ovf:required="false">@OS@</vbox:OSType>
          </OperatingSystemSection>
          <VirtualHardwareSection>
            <Info>What the machine needs</Info>
            <System>
              <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
              <vssd:InstanceID>0</vssd:InstanceID>
              <vssd:VirtualSystemIdentifier>@NAME@</vssd:VirtualSystemIdentifier>
              <vssd:VirtualSystemType>virtualbox-2.2</vssd:VirtualSystemType>
            </System>
            <Item>
              <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
              <rasd:Caption>1 virtual CPU</rasd:Caption>
              <rasd:Description>Number of virtual CPUs</rasd:Description>
              <rasd:ElementName>1 virtual CPU</rasd:ElementName>
              <rasd:InstanceID>1</rasd:InstanceID>
              <rasd:ResourceType>3</rasd:ResourceType>
              <rasd:VirtualQuantity>1</rasd:VirtualQuantity>
            </Item>
            <Item>
              <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
              <rasd:Caption>@MEMORY@ MiB of memory</rasd:Caption>
              <rasd:Description>Size of the memory</rasd:Description>
              <rasd:ElementName>@MEMORY@ MiB of memory</rasd:ElementName>
              <rasd:InstanceID>2</rasd:InstanceID>
              <rasd:ResourceType>4</rasd:ResourceType>
              <rasd:VirtualQuantity>@MEMORY@</rasd:VirtualQuantity>
            </Item>
            <Item>
              <rasd:Address>0</rasd:Address>
              <rasd:Caption>SATA controller</rasd:Caption>
              <rasd:Description>SATA controller</rasd:Description>
              <rasd:ElementName>SATA controller</rasd:ElementName>
              <rasd:InstanceID>3</rasd:InstanceID>
              <rasd:ResourceSubType>AHCI</rasd:ResourceSubType>
              <rasd:ResourceType>20</rasd:ResourceType>
            </Item>
            <Item>
              <rasd:AddressOnParent>0</rasd:AddressOnParent>
              <rasd:Caption>disk 1</rasd:Caption>
              <rasd:Description>The disk</rasd:Description>
              <rasd:ElementName>disk 1</rasd:ElementName>
              <rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>
              <rasd:InstanceID>4</rasd:InstanceID>
              <rasd:Parent>3</rasd:Parent>
              <rasd:ResourceType>17</rasd:ResourceType>
            </Item>
            <Item>
              <rasd:Address>@MAC@</rasd:Address>
              <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
              <rasd:Caption>Network card</rasd:Caption>
              <rasd:Connection>NAT</rasd:Connection>
              <rasd:Description>Network card</rasd:Description>
              <rasd:ElementName>Network card</rasd:ElementName>
              <rasd:InstanceID>5</rasd:InstanceID>
              <rasd:ResourceSubType>E1000</rasd:ResourceSubType>
              <rasd:ResourceType>10</rasd:ResourceType>
            </Item>
          </VirtualHardwareSection>
          <vbox:Machine ovf:required="false" version="1.16-linux" uuid="{@MACHINE_ID@}" name="@NAME@"
              OSType="@OS@" snapshotFolder="Snapshots" lastStateChange="@MADE@">
            <ovf:Info>The machine in VirtualBox's own words</ovf:Info>
            <Hardware>
              <CPU count="1">
                <PAE enabled="true"/>
                <LongMode enabled="@LONG_MODE@"/>
              </CPU>
              <Memory RAMSize="@MEMORY@"/>
              <Firmware type="@FIRMWARE@"/>
              <Boot>
                <Order position="1" device="HardDisk"/>
                <Order position="2" device="None"/>
                <Order position="3" device="None"/>
                <Order position="4" device="None"/>
              </Boot>
              <Display controller="VMSVGA" VRAMSize="16"/>
              <BIOS>
                <IOAPIC enabled="true"/>
              </BIOS>
              <Network>
                <Adapter slot="0" enabled="true" MACAddress="@MAC@" type="82540EM">
                  <NAT/>
                </Adapter>
              </Network>
              <RTC localOrUTC="UTC"/>
            </Hardware>
            <StorageControllers>
              <StorageController name="SATA Controller" type="AHCI" PortCount="4" useHostIOCache="false"
                  Bootable="true">
                <AttachedDevice type="HardDisk" port="0" device="0">
                  <Image uuid="{@DISK_ID@}"/>
                </AttachedDevice>
              </StorageController>
            </StorageControllers>
          </vbox:Machine>
        </VirtualSystem>
      </Envelope>
      """;
}
