/*
 * Preloaded into a program, ends it as kill -9 does, just before its CRM_KILL_AT-th act that the
 * world could notice: what it writes, syncs or removes on disk, sends or receives. So that a death
 * is at the same place however fast the machine is. One that lives writes how many acts it took to
 * the file CRM_KILL_REPORT.
 */
/* Each call under its own name. */
#undef _FILE_OFFSET_BITS
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long n_acts;

static void
act (void)
{
  const char *at = getenv ("CRM_KILL_AT");

  if (atomic_fetch_add (&n_acts, 1) + 1 == (at != NULL ? atol (at) : 0))
    kill (getpid (), SIGKILL);
}

__attribute__ ((destructor)) static void
report (void)
{
  const char *path = getenv ("CRM_KILL_REPORT");
  FILE *file = path != NULL ? fopen (path, "w") : NULL;

  if (file == NULL)
    return;

  fprintf (file, "%ld\n", atomic_load (&n_acts));
  fclose (file);
}

/* Wakes of a main loop are written too, as often as it happens to sleep. */
static int
is_file (int fd)
{
  struct stat status;

  return fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
}

#define WRAP(type, name, parameters, arguments, when)                                              \
  type name parameters                                                                             \
  {                                                                                                \
    static type (*next) parameters;                                                                \
    if (next == NULL)                                                                              \
      next = (type (*) parameters) dlsym (RTLD_NEXT, #name);                                       \
    if (when)                                                                                      \
      act ();                                                                                      \
    return next arguments;                                                                         \
  }

WRAP (ssize_t, write, (int fd, const void *data, size_t n), (fd, data, n), is_file (fd))
WRAP (ssize_t, pwrite, (int fd, const void *data, size_t n, off_t at), (fd, data, n, at), 1)
WRAP (ssize_t, pwrite64, (int fd, const void *data, size_t n, off64_t at), (fd, data, n, at), 1)
WRAP (int, fsync, (int fd), (fd), 1)
WRAP (int, fdatasync, (int fd), (fd), 1)
WRAP (int, ftruncate, (int fd, off_t size), (fd, size), 1)
WRAP (int, ftruncate64, (int fd, off64_t size), (fd, size), 1)
WRAP (int, unlink, (const char *path), (path), 1)
WRAP (int, rename, (const char *from, const char *to), (from, to), 1)
WRAP (ssize_t, send, (int fd, const void *data, size_t n, int flags), (fd, data, n, flags), 1)
WRAP (ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags), 1)
WRAP (ssize_t, recv, (int fd, void *data, size_t n, int flags), (fd, data, n, flags), 1)
WRAP (ssize_t, recvmsg, (int fd, struct msghdr *message, int flags), (fd, message, flags), 1)
