#pragma once

#include <glib.h>

/*
 * Puts @n relations, four persons to an organisation, into the empty database of a server that does
 * not run, by the pushes of a laptop and without the sockets. Numbers are alike for each @n.
 * @people: (element-type utf8): where the ids of the first @n_people persons are added
 */
void bench_company_fill (const char *path,
                         const char *user,
                         const char *password,
                         guint n,
                         GPtrArray *people,
                         guint n_people);
