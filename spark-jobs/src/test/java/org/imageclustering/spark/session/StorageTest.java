package org.imageclustering.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StorageTest {
  /** A disk on which nothing is allowed, and which says so as the local one does. */
  public static final class Forbidden extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("forbidden:///");
    }

    @Override
    public String getScheme() {
      return "forbidden";
    }

    @Override
    public boolean mkdirs(Path path) {
      return false;
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
      return false;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
  }

  private static Storage forbidden(Path path) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.forbidden.impl", Forbidden.class, RawLocalFileSystem.class);
    return Storage.of(path, hadoop);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsTheUsersError() {
    Path path = new Path("forbidden:///runs/first");
    assertThatThrownBy(() -> forbidden(path).makeDirectory(path))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use the run directory: found that 'forbidden:/runs/first' cannot be made, expected a directory that can be read and written");
  }

  @Test
  void aRecordThatMayNotBeReadIsNotTakenForNone() {
    Path path = new Path("forbidden:///runs/first/run.json");
    assertThatThrownBy(() -> forbidden(path).readJson(path))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Permission denied");
  }

  @Test
  void everyFileSystemsWayToRefuseIsKnown() {
    assertThat(Storage.isDenied(new AccessControlException("denied"))).isTrue();
    assertThat(Storage.isDenied(new AccessDeniedException("/runs"))).isTrue();
    assertThat(Storage.isDenied(new FileNotFoundException("/runs/_lock (Permission denied)")))
        .isTrue();
    assertThat(Storage.isDenied(new FileNotFoundException("/runs/_lock"))).isFalse();
    assertThat(Storage.isDenied(new IOException())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "run:1", "a b:c"})
  void aTextThatIsNoPathIsTheUsersError(String text) {
    assertThat(Storage.isPath(text)).isFalse();
    assertThatThrownBy(() -> Storage.path("--output", text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot use --output '" + text.strip() + "': found ")
        .hasMessageContaining("expected a path");
  }

  @Test
  void pathsOfAllKindsAreTaken() {
    for (String text : new String[] {"runs/a", "/a b", "hdfs://host:8020/runs", "s3a://b/*.png"}) {
      assertThat(Storage.path("--output", text)).hasToString(text);
      assertThat(Storage.isPath(text)).isTrue();
    }
  }
}
