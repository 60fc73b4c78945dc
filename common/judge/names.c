// SPDX-License-Identifier: MIT
//
// names.c: see names.h.

#include "names.h"
#include <string.h>

static const char *const mpi[] = {"MPI_Allgather",
                                  "MPI_Allgatherv",
                                  "MPI_Allreduce",
                                  "MPI_Alltoall",
                                  "MPI_Alltoallv",
                                  "MPI_Barrier",
                                  "MPI_Bcast",
                                  "MPI_Cart_coords",
                                  "MPI_Cart_create",
                                  "MPI_Cart_rank",
                                  "MPI_Cart_shift",
                                  "MPI_Comm_dup",
                                  "MPI_Comm_free",
                                  "MPI_Comm_rank",
                                  "MPI_Comm_size",
                                  "MPI_Comm_split",
                                  "MPI_Comm_split_type",
                                  "MPI_Dims_create",
                                  "MPI_Exscan",
                                  "MPI_Gather",
                                  "MPI_Gatherv",
                                  "MPI_Get",
                                  "MPI_Get_address",
                                  "MPI_Get_count",
                                  "MPI_Get_processor_name",
                                  "MPI_Iallreduce",
                                  "MPI_Ibcast",
                                  "MPI_Iprobe",
                                  "MPI_Irecv",
                                  "MPI_Isend",
                                  "MPI_Issend",
                                  "MPI_Neighbor_alltoall",
                                  "MPI_Pack",
                                  "MPI_Probe",
                                  "MPI_Put",
                                  "MPI_Recv",
                                  "MPI_Recv_init",
                                  "MPI_Reduce",
                                  "MPI_Reduce_scatter",
                                  "MPI_Request_free",
                                  "MPI_Scan",
                                  "MPI_Scatter",
                                  "MPI_Scatterv",
                                  "MPI_Send",
                                  "MPI_Send_init",
                                  "MPI_Sendrecv",
                                  "MPI_Sendrecv_replace",
                                  "MPI_Ssend",
                                  "MPI_Start",
                                  "MPI_Startall",
                                  "MPI_Test",
                                  "MPI_Testall",
                                  "MPI_Testany",
                                  "MPI_Type_commit",
                                  "MPI_Type_contiguous",
                                  "MPI_Type_create_resized",
                                  "MPI_Type_create_struct",
                                  "MPI_Type_create_subarray",
                                  "MPI_Type_free",
                                  "MPI_Type_indexed",
                                  "MPI_Type_vector",
                                  "MPI_Unpack",
                                  "MPI_Wait",
                                  "MPI_Waitall",
                                  "MPI_Waitany",
                                  "MPI_Waitsome",
                                  "MPI_Win_allocate",
                                  "MPI_Win_allocate_shared",
                                  "MPI_Win_create",
                                  "MPI_Win_fence",
                                  "MPI_Win_free",
                                  "MPI_Win_lock",
                                  "MPI_Win_shared_query",
                                  "MPI_Win_unlock",
                                  "MPI_Wtime",
                                  "MPI_ANY_SOURCE",
                                  "MPI_ANY_TAG",
                                  "MPI_BYTE",
                                  "MPI_CHAR",
                                  "MPI_COMM_NULL",
                                  "MPI_DATATYPE_NULL",
                                  "MPI_DOUBLE",
                                  "MPI_FLOAT",
                                  "MPI_INT",
                                  "MPI_INT64_T",
                                  "MPI_IN_PLACE",
                                  "MPI_LONG",
                                  "MPI_MAX",
                                  "MPI_MAXLOC",
                                  "MPI_MIN",
                                  "MPI_MINLOC",
                                  "MPI_PROC_NULL",
                                  "MPI_PROD",
                                  "MPI_REQUEST_NULL",
                                  "MPI_STATUSES_IGNORE",
                                  "MPI_STATUS_IGNORE",
                                  "MPI_SUM",
                                  "MPI_UINT64_T",
                                  "MPI_UNSIGNED",
                                  "MPI_Aint",
                                  "MPI_Comm",
                                  "MPI_Datatype",
                                  "MPI_Op",
                                  "MPI_Request",
                                  "MPI_Status",
                                  "MPI_Win"};

static const char *const omp[] = {
    "omp_get_max_threads", "omp_get_num_procs", "omp_get_num_threads", "omp_get_thread_num",
    "omp_get_wtime",       "omp_in_parallel",   "omp_set_num_threads", "omp_init_lock",
    "omp_destroy_lock",    "omp_set_lock",      "omp_unset_lock",      "omp_test_lock",
    "omp_get_num_teams",   "omp_set_schedule",  "omp_get_level",       "omp_set_dynamic"};

static const char *const directives[] = {
    "parallel",  "for",        "sections", "section", "single",        "master",   "masked",
    "critical",  "barrier",    "atomic",   "task",    "taskwait",      "taskloop", "taskgroup",
    "taskyield", "simd",       "ordered",  "flush",   "threadprivate", "declare",  "target",
    "teams",     "distribute", "loop",     "cancel",  "reduction"};

static const char *const clauses[] = {
    "private",     "shared",   "firstprivate", "lastprivate", "reduction", "schedule",
    "num_threads", "collapse", "nowait",       "default",     "ordered",   "if",
    "depend",      "copyin",   "copyprivate",  "linear",      "safelen",   "simdlen",
    "proc_bind",   "final",    "untied",       "mergeable",   "priority",  "grainsize",
    "num_tasks",   "aligned",  "untied",       "nogroup"};

// (versions of clang-format lay out such a macro differently)
// clang-format off
#define LIST(words) {(words), sizeof(words) / sizeof *(words)}
// clang-format on
const struct name_list mpi_names = LIST(mpi);
const struct name_list omp_names = LIST(omp);
const struct name_list omp_directives = LIST(directives);
const struct name_list omp_clauses = LIST(clauses);

// Pairs: what it was, what it is.
static const char *const removed[] = {"MPI_Address",
                                      "MPI_Get_address",
                                      "MPI_Errhandler_create",
                                      "MPI_Comm_create_errhandler",
                                      "MPI_Errhandler_get",
                                      "MPI_Comm_get_errhandler",
                                      "MPI_Errhandler_set",
                                      "MPI_Comm_set_errhandler",
                                      "MPI_Type_extent",
                                      "MPI_Type_get_extent",
                                      "MPI_Type_hindexed",
                                      "MPI_Type_create_hindexed",
                                      "MPI_Type_hvector",
                                      "MPI_Type_create_hvector",
                                      "MPI_Type_lb",
                                      "MPI_Type_get_extent",
                                      "MPI_Type_struct",
                                      "MPI_Type_create_struct",
                                      "MPI_Type_ub",
                                      "MPI_Type_get_extent",
                                      "MPI_Keyval_create",
                                      "MPI_Comm_create_keyval",
                                      "MPI_Attr_get",
                                      "MPI_Comm_get_attr",
                                      "MPI_Attr_put",
                                      "MPI_Comm_set_attr",
                                      "MPI_LB",
                                      "MPI_Type_create_resized",
                                      "MPI_UB",
                                      "MPI_Type_create_resized"};

const char *mpi_successor(const char *name) {
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i += 2)
        if (strcmp(removed[i], name) == 0)
            return removed[i + 1];
    return NULL;
}

// A header, then what it declares, between blanks.
static const char *const declares[] = {
    "math.h",
    " sin cos tan exp log log2 log10 pow sqrt cbrt fabs floor ceil round lround fmin fmax "
    "hypot fmod atan atan2 sinf cosf sqrtf fabsf expf ",
    "string.h",
    " memcpy memmove memset memcmp memchr strlen strcpy strncpy strcmp strncmp strcat "
    "strchr strrchr strstr strdup strtok strtok_r strerror strnlen strcspn strspn ",
    "stdlib.h",
    " malloc calloc realloc free exit abort abs labs qsort bsearch atoi atof strtol "
    "strtod rand srand getenv ",
    "stdio.h",
    " printf fprintf snprintf sprintf puts fputs fputc putchar fopen fclose fread fwrite "
    "fgets fscanf scanf sscanf fflush perror getline ",
    "ctype.h",
    " isalpha isdigit isalnum isspace isupper islower tolower toupper ",
    "assert.h",
    " assert ",
    "unistd.h",
    " read write close usleep sleep getpid pread pwrite ",
    "time.h",
    " clock_gettime nanosleep time clock ",
    "pthread.h",
    " pthread_create pthread_join pthread_mutex_lock pthread_mutex_unlock "
    "pthread_mutex_init pthread_cond_wait pthread_cond_signal "};

const char *header_of(const char *function) {
    char word[64];
    if (strlen(function) + 3 > sizeof word)
        return NULL;
    word[0] = ' ';
    strcpy(word + 1, function);
    strcat(word, " ");
    for (size_t i = 0; i < sizeof declares / sizeof *declares; i += 2)
        if (strstr(declares[i + 1], word))
            return declares[i];
    return strncmp(function, "omp_", 4) == 0 ? "omp.h" : NULL;
}
