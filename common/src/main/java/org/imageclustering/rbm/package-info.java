/**
 * Restricted Boltzmann machines (Hinton and Salakhutdinov 2006), which give an autoencoder's layers
 * their starting weights.
 */
package org.imageclustering.rbm;
