package org.imageclustering.coclustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.CoclusteringOptions.Variant;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.Scores;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.SparseRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoclustersTest {
  private static final long SEED = Long.getLong("test.seed", 3);

  private static JsonNode golden() throws IOException {
    try (InputStream golden = CoclustersTest.class.getResourceAsStream("coclusters.json")) {
      return new ObjectMapper().readTree(golden);
    }
  }

  private static SparseRows rows(float[][] matrix) {
    int[] start = new int[matrix.length + 1];
    int[] columns = new int[matrix.length * matrix[0].length];
    float[] values = new float[columns.length];
    int count = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        if (matrix[i][j] != 0) {
          columns[count] = j;
          values[count++] = matrix[i][j];
        }
      }
      start[i + 1] = count;
    }
    return new SparseRows(
        matrix[0].length, start, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
  }

  private static float[][] matrix(JsonNode rows) {
    float[][] matrix = new float[rows.size()][rows.get(0).size()];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        matrix[i][j] = (float) rows.get(i).get(j).asDouble();
      }
    }
    return matrix;
  }

  private static int[] ints(JsonNode numbers) {
    int[] ints = new int[numbers.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = numbers.get(i).asInt();
    }
    return ints;
  }

  private static int[] columns(float[] row) {
    return java.util.stream.IntStream.range(0, row.length).filter(j -> row[j] != 0).toArray();
  }

  private static float[] values(float[] row) {
    int[] columns = columns(row);
    float[] values = new float[columns.length];
    for (int e = 0; e < values.length; e++) {
      values[e] = row[columns[e]];
    }
    return values;
  }

  /** Returns D1^-1/2 A in two parts, the first of two blocks. */
  private static RowParts scaled(float[][] matrix) {
    float[][] scaled = new float[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      scaled[i] = BipartiteScaling.row(matrix[i]);
    }
    int third = matrix.length / 3;
    SparseRows[][] parts = {
      {rows(Arrays.copyOf(scaled, third)), rows(Arrays.copyOfRange(scaled, third, 2 * third))},
      {rows(Arrays.copyOfRange(scaled, 2 * third, matrix.length))}
    };
    return RowParts.inMemory(matrix[0].length, parts);
  }

  /** Returns the clusters of a matrix without empty rows. */
  private static Coclusters fit(float[][] matrix, Variant variant, int clusters) {
    CoclusteringOptions options = new CoclusteringOptions(clusters, SEED, variant, 20, 1000);
    BipartiteScaling scaling = new BipartiteScaling(scaled(matrix));
    BipartiteEmbedding embedding = BipartiteEmbedding.fit(scaling, matrix.length, options);
    FloatMatrix points = FloatMatrix.zeros(matrix.length, embedding.basis().columns());
    for (int i = 0; i < matrix.length; i++) {
      float[] point = embedding.point(columns(matrix[i]), values(matrix[i]));
      System.arraycopy(point, 0, points.values(), points.offset(i), point.length);
    }
    return Coclusters.fit(embedding, points, scaling.columnSums(), options);
  }

  private static int[] rowClusters(Coclusters clusters, float[][] matrix) {
    return Arrays.stream(matrix)
        .mapToInt(row -> clusters.cluster(columns(row), values(row)))
        .toArray();
  }

  private static double ari(int[] one, int[] other) {
    return Scores.of(ContingencyTable.of(one, other)).ari();
  }

  @Test
  void dhillonsPartitionIsScikitLearns() throws IOException {
    JsonNode golden = golden();
    float[][] matrix = matrix(golden.get("matrix"));
    Coclusters clusters = fit(matrix, Variant.DHILLON, 4);
    assertThat(ari(rowClusters(clusters, matrix), ints(golden.get("rowLabels")))).isEqualTo(1);
    assertThat(ari(clusters.columnClusters(), ints(golden.get("columnLabels")))).isEqualTo(1);
  }

  @Test
  void singularValuesAreThoseOfTheDenseMatrix() throws IOException {
    JsonNode golden = golden();
    float[] found =
        fit(matrix(golden.get("matrix")), Variant.PAPER, 4).embedding().singularValues();
    for (int j = 0; j < 4; j++) {
      double expected = golden.get("singularValues").get(j).asDouble();
      assertThat((double) found[j]).isCloseTo(expected, within(1e-5));
    }
  }

  /** Left and right points belong to each other: a row's is the mean of its columns', stretched. */
  @Test
  void rowsOfThePaperHaveLengthOne() throws IOException {
    float[][] matrix = matrix(golden().get("matrix"));
    BipartiteEmbedding embedding = fit(matrix, Variant.PAPER, 4).embedding();
    for (float[] row : matrix) {
      float[] point = embedding.point(columns(row), values(row));
      double square = 0;
      for (float x : point) {
        square += (double) x * x;
      }
      assertThat(square).isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void separateBlocksAreFoundWithAnEmptyColumn(Variant variant) {
    Random random = new Random(SEED);
    float[][] matrix = new float[90][31];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < 30; j++) {
        boolean isOwn = i % 3 == j % 3;
        matrix[i][j] = isOwn ? 1 + random.nextFloat() : random.nextFloat() < 0.1 ? 0.1f : 0;
      }
    }
    Coclusters clusters = fit(matrix, variant, 3);
    int[] expected = new int[90];
    Arrays.setAll(expected, i -> i % 3);
    int[] found = rowClusters(clusters, matrix);
    assertThat(ari(found, expected)).as("seed %d", SEED).isEqualTo(1);
    int[] columnClusters = clusters.columnClusters();
    assertThat(columnClusters[30]).isEqualTo(Coclusters.NONE);
    for (int j = 0; j < 30; j++) {
      assertThat(columnClusters[j]).isEqualTo(found[j % 3]);
    }
    for (int i = 0; i < matrix.length; i++) {
      double confidence = clusters.association(columns(matrix[i]), values(matrix[i]), found[i]);
      assertThat(confidence).isBetween(0.7, 1.0);
    }
  }

  @Test
  void aRowWithoutEntriesHasNoConfidence() throws IOException {
    Coclusters clusters = fit(matrix(golden().get("matrix")), Variant.PAPER, 4);
    int cluster = clusters.cluster(new int[0], new float[0]);
    assertThat(cluster).isBetween(0, 3);
    assertThat(clusters.association(new int[0], new float[0], cluster)).isEqualTo(0);
  }

  /** Returns a sparse matrix, in part zeros, of some columns without entries. */
  private static float[][] random(int rows, int columns) {
    Random random = new Random(SEED);
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int j = 0; j < 13; j++) {
        int column = j * (columns / 13);
        row[column] = random.nextInt(3) == 0 ? random.nextFloat() : 0;
      }
      row[0] = 0.5f;
    }
    return matrix;
  }

  /** Returns A_n^T A_n, by its definition. */
  private static double[][] expected(float[][] matrix) {
    int n = matrix[0].length;
    double[] columnSums = new double[n];
    for (float[] row : matrix) {
      for (int j = 0; j < n; j++) {
        columnSums[j] += row[j];
      }
    }
    double[][] product = new double[n][n];
    for (float[] row : matrix) {
      double rowSum = 0;
      for (float value : row) {
        rowSum += value;
      }
      for (int j : columns(row)) {
        for (int l : columns(row)) {
          product[j][l] += row[j] * row[l] / rowSum / Math.sqrt(columnSums[j] * columnSums[l]);
        }
      }
    }
    return product;
  }

  @ParameterizedTest
  @ValueSource(ints = {26, BipartiteScaling.FEW_COLUMNS + 16})
  void theOperatorIsTheNormalisedMatrixWhetherItIsKeptOrNot(int columns) {
    float[][] matrix = random(50, columns);
    BipartiteScaling scaling = new BipartiteScaling(scaled(matrix));
    int width = 11; // one strip of eight and three single vectors
    float[] x = new float[columns * width];
    Random random = new Random(SEED);
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    float[] y = new float[x.length];
    scaling.operator().multiply(width, x, y);
    double[][] dense = expected(matrix);
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      for (float[] row : matrix) {
        sum += row[j];
      }
      assertThat(scaling.columnSums()[j]).isCloseTo(sum, within(1e-5 * sum));
      for (int c = 0; c < width; c++) {
        double product = 0;
        for (int l = 0; l < columns; l++) {
          product += dense[j][l] * x[l * width + c];
        }
        assertThat((double) y[j * width + c]).isCloseTo(product, within(1e-5));
      }
    }
  }

  @Test
  void fewerDifferentRowsThanClustersAreAnError() {
    float[][] matrix = new float[12][3];
    for (int i = 0; i < 12; i++) {
      matrix[i][i % 3] = 1 + i % 3;
      matrix[i][(i + 1) % 3] = 0.1f;
    }
    assertThatThrownBy(() -> fit(matrix, Variant.PAPER, 4))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot make 4 clusters: found 3 different rows, expected at least as many as clusters");
  }

  @Test
  void rowsInProportionAreAnError() {
    float[][] matrix = {{1, 2, 0}, {2, 4, 0}, {3, 6, 0}};
    assertThatThrownBy(() -> fit(matrix, Variant.DHILLON, 2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("in proportion");
  }

  @Test
  void optionsOutOfRangeAreErrors() {
    assertThatThrownBy(() -> CoclusteringOptions.defaults(1, 1))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use clusters: found 1, expected at least 2");
    assertThatThrownBy(() -> new CoclusteringOptions(5, 1, Variant.PAPER, 0, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cocluster.restarts");
    assertThatThrownBy(() -> new CoclusteringOptions(5, 1, Variant.PAPER, 1, 4))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cocluster.sample");
    assertThatThrownBy(() -> Options.named(Variant.class, "cocluster.variant", "other"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use cocluster.variant: found \"other\", expected one of paper, dhillon");
  }

  @Test
  void dhillonTakesOneMoreThanTheLogarithm() {
    assertThat(Variant.DHILLON.vectors(2)).isEqualTo(2);
    assertThat(Variant.DHILLON.vectors(10)).isEqualTo(5);
    assertThat(Variant.DHILLON.vectors(16)).isEqualTo(5);
    assertThat(Variant.DHILLON.vectors(17)).isEqualTo(6);
    assertThat(Variant.PAPER.vectors(10)).isEqualTo(10);
  }
}
