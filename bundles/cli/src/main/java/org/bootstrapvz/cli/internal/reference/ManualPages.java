/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bootstrapvz.cli.internal.reference.CommandReference.Page;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual pages, in the language of man(7): one of the program, and one for each command. */
final class ManualPages {
  private ManualPages() {}

  /** The pages by the names of their files. */
  static Map<String, String> of(CommandReference reference) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("bootstrap-vz.1", program(reference));
    for (Page page : reference.pages()) {
      pages.put("bootstrap-vz-" + page.id() + ".1", command(page));
    }
    return pages;
  }

  private static String program(CommandReference reference) {
    Roff roff = new Roff("bootstrap-vz");
    roff.section("NAME").line("bootstrap-vz \\- build bootable Debian images from YAML manifests");
    roff.section("SYNOPSIS")
        .line("\\fBbootstrap\\-vz\\fR [\\fIOPTIONS\\fR] \\fIMANIFEST\\fR")
        .line(".br")
        .line("\\fBbootstrap\\-vz\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]");
    roff.section("DESCRIPTION")
        .text(
            "Builds a Debian image for a cloud, a hypervisor or a container engine from a manifest.")
        .text("Without a command, the manifest is built, as by")
        .line(".BR bootstrap\\-vz\\-build (1).");
    roff.section("COMMANDS");
    for (Page page : reference.pages()) {
      roff.line(".TP").line(".BR bootstrap\\-vz\\-" + Roff.escape(page.id()) + " (1)");
      roff.text(page.summary());
    }
    roff.section("OPTIONS");
    roff.item("\\fB\\-\\-version\\fR", "Show the version");
    roff.item("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", "Show the help");
    roff.text("The options of a command may come before its name.");
    exitStatus(roff);
    roff.section("ENVIRONMENT");
    roff.item(
        "\\fBBOOTSTRAP_VZ_SERVER\\fR, \\fBBOOTSTRAP_VZ_TOKEN\\fR, \\fBBOOTSTRAP_VZ_CA_FILE\\fR",
        "The appliance on the network to use, its token, and the CA certificate to trust");
    roff.item(
        "\\fBBOOTSTRAP_VZ_STATE\\fR, \\fBBOOTSTRAP_VZ_LOG\\fR",
        "Directories for state and for log files");
    roff.item("\\fBNO_COLOR\\fR", "Do not use colours if set");
    roff.section("FILES");
    roff.item(
        "\\fI/etc/bootstrap\\-vz\\fR",
        "Configuration of the appliance and of plugin repositories; each file describes its keys");
    roff.item(
        "\\fI/var/lib/bootstrap\\-vz\\fR",
        "State; deploy in it is the directory for plugins, appliance/admin.token the first token,"
            + " appliance/api the socket of the appliance");
    roff.item(
        "\\fI$XDG_CONFIG_HOME/bootstrap\\-vz/servers.json\\fR",
        "The tokens that \"bootstrap-vz login\" stored; XDG_CONFIG_HOME is ~/.config by default");
    roff.item("\\fI/usr/share/bootstrap\\-vz/manifests\\fR", "Examples");
    return roff.toString();
  }

  private static String command(Page page) {
    Roff roff = new Roff("bootstrap-vz-" + page.id());
    String summary =
        page.summary().substring(0, 1).toLowerCase(Locale.ROOT) + page.summary().substring(1);
    roff.section("NAME")
        .line("bootstrap\\-vz\\-" + Roff.escape(page.id()) + " \\- " + Roff.escape(summary));
    roff.section("SYNOPSIS");
    synopsis(roff, page);
    roff.section("DESCRIPTION");
    description(roff, page.spec());
    arguments(roff, page.spec());
    roff.section("OPTIONS");
    options(roff, page.spec().options());
    if (!page.nested().isEmpty()) {
      roff.section("COMMANDS");
      for (Page nested : page.nested()) {
        roff.line(".SS \"" + Roff.escape(page.name() + " " + nested.name()) + "\"");
        synopsis(roff, nested);
        roff.line(".PP");
        description(roff, nested.spec());
        if (!nested.aliases().isEmpty()) {
          roff.text("Alias: " + String.join(", ", nested.aliases()) + ".");
        }
        for (PositionalParamSpec operand : nested.spec().positionalParameters()) {
          operand(roff, operand);
        }
        options(
            roff, nested.spec().options().stream().filter(option -> !option.inherited()).toList());
      }
    }
    exitStatus(roff);
    roff.section("SEE ALSO").line(".BR bootstrap\\-vz (1)");
    return roff.toString();
  }

  private static void synopsis(Roff roff, Page page) {
    StringBuilder line =
        new StringBuilder("\\fBbootstrap\\-vz " + Roff.escape(page.path()) + "\\fR")
            .append(" [\\fIOPTIONS\\fR]");
    for (PositionalParamSpec operand : page.spec().positionalParameters()) {
      String label =
          "\\fI"
              + Roff.escape(operand.paramLabel())
              + "\\fR"
              + (operand.typeInfo().isMultiValue() ? " ..." : "");
      line.append(' ').append(operand.required() ? label : "[" + label + "]");
    }
    if (!page.nested().isEmpty()) {
      line.append(" \\fICOMMAND\\fR");
    }
    roff.line(line.toString());
  }

  private static void description(Roff roff, CommandSpec spec) {
    for (String paragraph : spec.usageMessage().description()) {
      if (paragraph.isEmpty()) {
        roff.line(".PP");
      } else {
        roff.text(paragraph.replace("%%", "%"));
      }
    }
  }

  private static void arguments(Roff roff, CommandSpec spec) {
    if (!spec.positionalParameters().isEmpty()) {
      roff.section("ARGUMENTS");
      spec.positionalParameters().forEach(operand -> operand(roff, operand));
    }
  }

  private static void operand(Roff roff, PositionalParamSpec operand) {
    roff.item(
        "\\fI" + Roff.escape(operand.paramLabel()) + "\\fR",
        String.join(" ", operand.description()));
  }

  private static void options(Roff roff, List<OptionSpec> options) {
    for (OptionSpec option : options) {
      StringBuilder names = new StringBuilder();
      for (String name : option.names()) {
        names
            .append(names.length() == 0 ? "" : ", ")
            .append("\\fB")
            .append(Roff.escape(name))
            .append("\\fR");
        if (option.arity().max() > 0) {
          names.append("=\\fI").append(Roff.escape(option.paramLabel())).append("\\fR");
        }
      }
      roff.item(names.toString(), String.join(" ", option.description()));
    }
  }

  private static void exitStatus(Roff roff) {
    roff.section("EXIT STATUS");
    roff.item("0", "Success");
    roff.item("1", "The manifest or another input has errors");
    roff.item("2", "The command line has errors");
    roff.item("3", "The build or another operation failed");
    roff.item("130", "Interrupted");
  }
}
