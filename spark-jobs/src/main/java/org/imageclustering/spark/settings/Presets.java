package org.imageclustering.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.Storage;

/**
 * The configuration files that {@code --config} can name: presets in the jar, and files of any
 * Hadoop file system. {@code include "NAME"} in either means the preset of that name.
 */
public final class Presets {
  private static final String FOLDER = "presets/";
  private static final String SUFFIX = ".conf";

  private Presets() {}

  /** Returns the names of the presets in alphabetical order. */
  public static List<String> names() {
    URL marker = loader().getResource(FOLDER + "default" + SUFFIX);
    if (marker == null) {
      throw new IllegalStateException("No presets in the jar: " + FOLDER + "default" + SUFFIX);
    }
    try {
      return marker.getProtocol().equals("jar") ? inJar(marker) : inFolder(marker.toURI());
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("Cannot list the presets at " + marker, e);
    }
  }

  /**
   * Returns what {@code --config} names, not resolved.
   *
   * @param nameOrUri a preset's name, or the path or URI of a HOCON file
   * @throws UserException if there is no such preset or file, or it is not HOCON
   */
  static Config read(String nameOrUri, Configuration hadoop) {
    URL preset = preset(nameOrUri);
    try {
      return preset != null
          ? parse(preset)
          : ConfigFactory.parseString(text(nameOrUri, hadoop), options(nameOrUri));
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot read the configuration '%s': found %s, expected HOCON"
              .formatted(nameOrUri, e.getMessage()),
          e);
    }
  }

  static Config parse(URL url) {
    return ConfigFactory.parseURL(url, options(url.toString()));
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setOriginDescription(origin)
        .setIncluder(new PresetIncluder());
  }

  private static URL preset(String name) {
    return name.matches("[A-Za-z0-9_-]+") ? loader().getResource(FOLDER + name + SUFFIX) : null;
  }

  private static ClassLoader loader() {
    return Presets.class.getClassLoader();
  }

  private static String text(String uri, Configuration hadoop) {
    org.apache.hadoop.fs.Path path = Storage.path("--config", uri);
    try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserException(
          "Cannot read --config '%s': found neither a preset nor a file of this name, expected one of %s, or a path"
              .formatted(uri, String.join(", ", names())),
          e);
    }
  }

  private static List<String> inJar(URL marker) throws IOException {
    JarURLConnection jar = (JarURLConnection) marker.openConnection();
    List<String> names = new ArrayList<>();
    jar.getJarFile().stream()
        .map(entry -> entry.getName())
        .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
        .forEach(name -> names.add(bare(name.substring(FOLDER.length()))));
    Collections.sort(names);
    return names;
  }

  private static List<String> inFolder(URI marker) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(marker).resolveSibling(""))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(Presets::bare)
          .sorted()
          .toList();
    }
  }

  private static String bare(String file) {
    return file.substring(0, file.length() - SUFFIX.length());
  }

  /** Reads {@code include "NAME"} as the preset NAME, wherever the including file lies. */
  private static final class PresetIncluder implements ConfigIncluder {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      URL preset = preset(what);
      if (preset == null) {
        throw new UserException(
            "Cannot include '%s': found no such preset, expected one of %s"
                .formatted(what, String.join(", ", names())));
      }
      return parse(preset).root();
    }
  }
}
