package org.imageclustering.spark.training;

/**
 * What a training leaves.
 *
 * @param state the network
 * @param curve what was measured after each epoch
 */
public record TrainedNetwork(NetworkState state, LearningCurve curve) {}
