/* revisions.h - inside khabar article: what was changed in an article. */
#ifndef KHABAR_CLI_REVISIONS_H
#define KHABAR_CLI_REVISIONS_H

#include "cli/cli.h"

/* --revisions of o->args[0]: an exit code, failures told. */
int kh_print_revisions(kh_session *s, const kh_options *o);

#endif
