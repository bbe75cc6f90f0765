package org.imageclustering.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code fetch-data.sh} with stand-ins for curl and npm: no test needs a network. */
final class FetchDataIT {
  @TempDir private Path folder;

  private record Result(int code, String output) {}

  @BeforeEach
  void standInsFail() throws IOException {
    standIn("curl", "exit 6");
    standIn("npm", "exit 1");
  }

  private void standIn(String name, String script) throws IOException {
    Path file = folder.resolve("bin").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Result run(String... arguments) throws Exception {
    Path script = Path.of(System.getProperty("project.root"), "submit-scripts", "fetch-data.sh");
    List<String> line = new ArrayList<>(List.of("bash", script.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (old, ours) -> ours + old);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private String target() {
    return folder.resolve("data").resolve("set").toString();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("data"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aLineThatCannotBeReadExitsWithTwo() throws Exception {
    Result unknown = run("cats");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.output())
        .isEqualTo(
            "Cannot read the line: found 'cats'. Usage: fetch-data.sh mnist|fashion-mnist|cifar10 [--output DIR]\n");
    assertThat(run().code()).isEqualTo(2);
    assertThat(run("mnist", "--output").code()).isEqualTo(2);
    assertThat(run("--help").code()).isZero();
  }

  @Test
  void withoutAnySourceNothingIsLeft() throws Exception {
    for (String name : new String[] {"mnist", "fashion-mnist", "cifar10"}) {
      Result result = run(name, "--output", target());
      assertThat(result.code()).as(result.output()).isEqualTo(3);
      assertThat(result.output()).contains("Cannot fetch " + name + ": neither its public homes");
      assertNothingLeft();
    }
  }

  @Test
  void aFileWithAnotherHashIsNotKept() throws Exception {
    standIn("curl", "while (($# > 1)); do [[ $1 != -o ]] || echo wrong >\"$2\"; shift; done");
    Result result = run("cifar10", "--output", target());
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.output())
        .contains("Cannot use cifar-10-binary.tar.gz: found the SHA-256 ")
        .contains("expected c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");
    assertNothingLeft();
  }

  @Test
  void filesOfTheUserAreLeftAlone() throws Exception {
    Path precious = Path.of(target(), "precious.txt");
    Files.createDirectories(precious.getParent());
    Files.writeString(precious, "mine");
    Result result = run("mnist", "--output", target());
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.output()).contains("expected a new or empty directory");
    assertThat(precious).hasContent("mine");
  }
}
