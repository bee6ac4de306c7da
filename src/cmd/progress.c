/* cmd/progress.c - the line that says how far a scan is. */
#include "cmd/progress.h"

#include "base/clock.h"
#include "cmd/print.h"

#include <stdio.h>

#define PATIENCE_NS 300000000 /* a scan that is over by then shows nothing */
#define STEP_NS 100000000

void progress_init(struct progress *progress, bool quiet)
{
    *progress = (struct progress){.began_ns = clock_monotonic_ns()};
    progress->off = quiet || !print_is_terminal(true);
}

static void add_seconds(struct buf *buf, double seconds)
{
    if (seconds < 90)
        buf_addf(buf, "%.0f s", seconds);
    else
        buf_addf(buf, "%.0f min", seconds / 60);
}

void progress_show(struct progress *progress, const struct scan_progress *now)
{
    int64_t at_ns;
    double seconds, speed;
    struct buf buf;

    if (progress->off)
        return;
    at_ns = clock_monotonic_ns();
    if (at_ns - progress->began_ns < PATIENCE_NS || at_ns - progress->shown_ns < STEP_NS)
        return;
    progress->shown_ns = at_ns;
    progress->visible = true;
    seconds = (double)(at_ns - progress->began_ns) / 1e9;
    speed = (double)now->bytes_done / seconds;
    buf_init(&buf, 256);
    buf_addf(&buf, "\r%zu of %zu files, %.0f MB/s", now->files_done, now->files_total, speed / 1e6);
    if (speed > 0 && now->bytes_total >= now->bytes_done) {
        buf_add_text(&buf, ", ");
        add_seconds(&buf, (double)(now->bytes_total - now->bytes_done) / speed);
        buf_add_text(&buf, " left");
    }
    buf_add_text(&buf, "\033[K");
    (void)fwrite(buf.ptr, 1, buf.len, stderr);
    (void)fflush(stderr);
    buf_release(&buf);
}

void progress_end(struct progress *progress)
{
    if (!progress->visible)
        return;
    (void)fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    progress->visible = false;
}
