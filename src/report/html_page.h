/* report/html_page.h - private to report: the frame of the HTML page: head, style, foot. */
#ifndef CHIMERA_REPORT_HTML_PAGE_H
#define CHIMERA_REPORT_HTML_PAGE_H

#include "base/buf.h"

/* Everything up to and with <body>; the policy forbids scripts and anything from elsewhere. */
void html_page_begin(struct buf *out, struct str title);
void html_page_end(struct buf *out);

#endif
