package org.fusedpcap.fs.stream;

import java.nio.file.Path;

/**
 * Where a segment's file is. What remembers very many of them shares it with who knows it already.
 */
interface Place {

    Path path();
}
