/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a setting of a manifest. */
final class SettingConverter implements ITypeConverter<Setting> {
  static final SettingConverter ONE = new SettingConverter();

  private SettingConverter() {}

  @Override
  public Setting convert(String text) {
    try {
      return Setting.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
