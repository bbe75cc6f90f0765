/** What every package of the mathematics shares: the error that a user can mend. */
package org.imageclustering;
