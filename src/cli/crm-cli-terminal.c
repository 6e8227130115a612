#include "cli/crm-cli-terminal.h"

#include "cli/crm-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_PASSWORD 1024

/* FALSE when it is cancelled first. */
static gboolean
wait_for_input (int fd, GCancellable *cancellable)
{
  struct pollfd fds[] = { { .fd = fd, .events = POLLIN },
                          { .fd = g_cancellable_get_fd (cancellable), .events = POLLIN } };
  int n;

  do
    n = poll (fds, fds[1].fd >= 0 ? 2 : 1, -1);
  while (n < 0 && errno == EINTR);
  if (fds[1].fd >= 0)
    g_cancellable_release_fd (cancellable);

  return n > 0 && fds[1].revents == 0;
}

/* NULL at the end, and for a line without an end. */
static char *
read_line (int fd, GCancellable *cancellable)
{
  char line[MAX_PASSWORD + 1];
  gsize size = 0;
  char *result;

  while (size < MAX_PASSWORD && wait_for_input (fd, cancellable) &&
         read (fd, line + size, 1) == 1 && line[size] != '\n')
    size++;
  line[size] = '\0';
  result = size > 0 && size < MAX_PASSWORD ? g_strdup (line) : NULL;
  explicit_bzero (line, sizeof line);

  return result;
}

static char *
ask (int fd, const char *question, GCancellable *cancellable)
{
  struct termios before;
  struct termios hidden;
  char *line;

  if (tcgetattr (fd, &before) != 0)
    return NULL;

  hidden = before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  hidden.c_lflag |= ICANON | ECHONL;
  tcsetattr (fd, TCSAFLUSH, &hidden);
  if (write (fd, question, strlen (question)) < 0)
    g_debug ("The terminal takes no question");
  line = read_line (fd, cancellable);
  tcsetattr (fd, TCSAFLUSH, &before);

  return line;
}

char *
crm_cli_terminal_ask_password (const char *question, GCancellable *cancellable, GError **error)
{
  const int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  char *line;

  if (fd < 0)
    {
      crm_cli_usage_error (error, "there is no terminal to ask for the password; --password-file");
      return NULL;
    }

  line = ask (fd, question, cancellable);
  close (fd);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_pointer (&line, g_free);
  else if (line == NULL)
    crm_cli_usage_error (error, "no password was given");

  return line;
}
