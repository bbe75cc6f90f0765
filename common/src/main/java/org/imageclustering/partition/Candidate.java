package org.imageclustering.partition;

/**
 * One partition of the pool.
 *
 * @param name how it was made: {@code commute-time-20/k-means-1}
 * @param labels n cluster numbers in {@code 0..K-1}, every one in use; the array itself
 * @param scores by every criterion
 */
@SuppressWarnings("ArrayRecordComponent")
public record Candidate(String name, int[] labels, CandidateScores scores) {}
