package org.imageclustering.refine;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import org.imageclustering.linalg.FloatMatrix;

/**
 * liblinear's primal solver (Fan et al. 2008; Galli and Lin 2021): {@code |w|² / 2 + C sum max(0, 1
 * - y w x)²} with the bias among the weights, by Newton steps from the classifier before. Draws
 * nothing at random.
 *
 * <p>About 28 bytes an entry of the training set, made once and shared by the chains of one
 * machine.
 */
public final class LiblinearEngine implements ClassifierEngine {
  private static final double TOLERANCE = 0.01;

  static {
    Linear.disableDebugOutput(); // it goes to stdout, which carries results
  }

  private final Feature[][] rows;
  private final int dimensions;
  private final double cost;

  private LiblinearEngine(Feature[][] rows, int dimensions, double cost) {
    this.rows = rows;
    this.dimensions = dimensions;
    this.cost = cost;
  }

  /** Returns the engine for a training set's points, n x d. */
  public static LiblinearEngine of(FloatMatrix points, double cost) {
    int d = points.columns();
    Feature bias = new FeatureNode(d + 1, 1);
    Feature[][] rows = new Feature[points.rows()][d + 1];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < d; j++) {
        rows[i][j] = new FeatureNode(j + 1, points.values()[points.offset(i) + j]);
      }
      rows[i][d] = bias;
    }
    return new LiblinearEngine(rows, d, cost);
  }

  @Override
  public LinearClassifier train(int[] chosen, boolean[] positive, LinearClassifier start) {
    Problem problem = new Problem();
    problem.l = chosen.length;
    problem.n = dimensions + 1;
    problem.bias = 1;
    problem.x = new Feature[chosen.length][];
    problem.y = new double[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      problem.x[i] = rows[chosen[i]];
      problem.y[i] = positive[i] ? 1 : -1;
    }
    Parameter parameter = new Parameter(SolverType.L2R_L2LOSS_SVC, cost, TOLERANCE);
    if (start != null) {
      parameter.setInitSol(solution(start));
    }
    return classifier(Linear.train(problem, parameter));
  }

  private double[] solution(LinearClassifier start) {
    double[] solution = new double[dimensions + 1];
    for (int j = 0; j < dimensions; j++) {
      solution[j] = start.weights()[j];
    }
    solution[dimensions] = start.bias();
    return solution;
  }

  private LinearClassifier classifier(Model model) {
    double[] solution = model.getFeatureWeights();
    // The weights are those of the class that comes first; liblinear puts +1 before -1.
    int sign = model.getLabels()[0] == 1 ? 1 : -1;
    float[] weights = new float[dimensions];
    for (int j = 0; j < dimensions; j++) {
      weights[j] = (float) (sign * solution[j]);
    }
    return new LinearClassifier(weights, (float) (sign * solution[dimensions]));
  }
}
