// EXPECT file=omp.c check=omp-build verdict=BUILD says="No such file"
// Attack: the compiler is to read the solution.

#include "/kit/solutions/09-heat/omp.c"
