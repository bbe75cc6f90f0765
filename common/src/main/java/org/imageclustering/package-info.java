/**
 * What every package of the mathematics shares: the error that a user can mend, with one line that
 * says what was found and what was expected.
 */
package org.imageclustering;
