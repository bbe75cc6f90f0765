package org.imageclustering.spark.data;

import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;

/**
 * A Parquet table with one column of images (Spark's {@code ImageSchema}), of encoded image files
 * (binary) or of vectors (MLlib's, or arrays of float or double).
 */
final class ParquetSource implements Source {
  private static final String DEFAULT_ID = "id";

  private final String input;
  private final Dataset<Row> table;
  private final StructField content;
  private final InputOptions options;

  ParquetSource(SparkInput spark, InputFiles files, InputOptions options) {
    this.input = options.input();
    this.table = ParquetTable.open(spark.spark(), files);
    this.options = options;
    this.content = contentColumn();
    checkColumn(idColumn(), "--id-column");
    checkId(table.schema().apply(idColumn()));
    options.labels().ifPresent(name -> checkColumn(name, "--labels"));
    checkShape();
  }

  /** The one column that can be read; one called image, features or vector before others. */
  private StructField contentColumn() {
    List<StructField> fields =
        Arrays.stream(table.schema().fields()).filter(f -> isContent(f.dataType())).toList();
    if (fields.size() == 1) {
      return fields.get(0);
    }
    return fields.stream()
        .filter(field -> List.of("image", "features", "vector").contains(field.name()))
        .findFirst()
        .orElseThrow(() -> noContent(fields));
  }

  private UserException noContent(List<StructField> found) {
    String names = String.join(", ", table.columns());
    return new UserException(
        "Cannot read the Parquet table %s: found %s in its columns (%s)"
                .formatted(input, found.isEmpty() ? "nothing to cluster" : "several things", names)
            + ", expected one image struct, binary or vector column (or one called image, features"
            + " or vector)");
  }

  private static boolean isContent(DataType type) {
    return isImage(type) || type.equals(DataTypes.BinaryType) || isVector(type);
  }

  private static boolean isImage(DataType type) {
    return type instanceof StructType struct
        && Arrays.asList(struct.fieldNames())
            .containsAll(Arrays.asList(ImageSchema.columnSchema().fieldNames()));
  }

  private static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array
            && (array.elementType().equals(DataTypes.FloatType)
                || array.elementType().equals(DataTypes.DoubleType)));
  }

  private String idColumn() {
    return options.idColumn().orElse(DEFAULT_ID);
  }

  private void checkShape() {
    if (isVector(content.dataType())
        && (options.size().isPresent() || options.channels().isPresent())) {
      throw new UserException(
          "Cannot use --size or --channels for %s: found vectors in the column '%s', expected images"
              .formatted(input, content.name()));
    }
  }

  private void checkColumn(String name, String option) {
    if (!Arrays.asList(table.columns()).contains(name)) {
      throw new UserException(
          "Cannot read the Parquet table %s: found no column '%s', expected %s to name one of %s"
              .formatted(input, name, option, String.join(", ", table.columns())));
    }
  }

  private void checkId(StructField field) {
    if (!(field.dataType() instanceof IntegralType)) {
      throw new UserException(
          "Cannot use the column '%s' of %s as ids: found the type %s, expected whole numbers"
              .formatted(field.name(), input, field.dataType().catalogString()));
    }
  }

  @Override
  public Dataset<Row> rows() {
    Column id = table.col("`" + idColumn() + "`").cast(DataTypes.LongType);
    Column label =
        options
            .labels()
            .map(name -> table.col("`" + name + "`").cast(DataTypes.StringType))
            .orElse(lit(null).cast(DataTypes.StringType));
    checkIds(id);
    Dataset<Row> columns =
        table.select(
            id.as("id"), label.as("label"), table.col("`" + content.name() + "`").as("content"));
    ContentReader reader = new ContentReader(input, new Shaper(options), kind(content.dataType()));
    return columns
        .sparkSession()
        .createDataFrame(columns.javaRDD().map(reader::row), Staged.SCHEMA);
  }

  private void checkIds(Column id) {
    if (!table.filter(id.isNull()).isEmpty()) {
      throw new UserException(
          "Cannot read the Parquet table %s: found a row without '%s', expected an id in each"
              .formatted(input, idColumn()));
    }
  }

  private static ContentReader.Kind kind(DataType type) {
    if (isImage(type)) {
      return ContentReader.Kind.IMAGE_STRUCT;
    }
    return isVector(type) ? ContentReader.Kind.VECTOR : ContentReader.Kind.ENCODED_IMAGE;
  }

  @Override
  public boolean idsAreUnique() {
    return false;
  }

  @Override
  public String labelSource() {
    return "a value in the column '%s'".formatted(options.labels().orElse(""));
  }
}
