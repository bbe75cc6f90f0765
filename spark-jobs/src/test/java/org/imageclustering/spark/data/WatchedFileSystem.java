package org.imageclustering.spark.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local disk under any scheme. Files whose name says {@code forbidden} or {@code vanished} are
 * listed and cannot be opened, and it is noted what a data set holds when it is renamed.
 */
public final class WatchedFileSystem extends RawLocalFileSystem {
  /** What data sets held that were renamed, since the list was cleared. */
  static final List<List<String>> RENAMED = new CopyOnWriteArrayList<>();

  private String scheme = "watched";

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    scheme = uri.getScheme();
    super.initialize(uri, conf);
  }

  @Override
  public URI getUri() {
    return URI.create(scheme + ":///");
  }

  @Override
  public String getScheme() {
    return scheme;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (path.getName().contains("forbidden")) {
      throw new AccessControlException("Permission denied");
    }
    if (path.getName().contains("vanished")) {
      throw new FileNotFoundException("No such file");
    }
    return super.open(path, bufferSize);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (from.getName().startsWith("_work-")) {
      RENAMED.add(List.of(pathToFile(from).list()));
    }
    return super.rename(from, to);
  }
}
