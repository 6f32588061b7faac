/* static_server.c FILE PORT - FILE from memory at every address, by the library that khabar serve uses and in its threading: what is left of a
 * request when nothing has to be found out. The reference of bench/serve.sh. Ends with its standard input. */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>

static char *bytes;
static size_t len;

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **state)
{
    (void)context, (void)url, (void)method, (void)version, (void)data, (void)size;
    if (!*state) {
        *state = bytes; /* the header is there; the next call answers */
        return MHD_YES;
    }
    struct MHD_Response *r = MHD_create_response_from_buffer(len, bytes, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
    enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return queued;
}

int main(int argc, char **argv)
{
    FILE *in = argc == 3 ? fopen(argv[1], "rb") : NULL;
    bytes = in ? malloc(1 << 20) : NULL;
    len = bytes ? fread(bytes, 1, 1 << 20, in) : 0;
    if (len == 0) {
        fprintf(stderr, "usage: static_server FILE PORT\n");
        return 64;
    }
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
                                            (uint16_t)atoi(argv[2]), NULL, NULL, answer, NULL, MHD_OPTION_END);
    if (!d) {
        return 74;
    }
    while (getchar() != EOF) {
    }
    MHD_stop_daemon(d);
    free(bytes);
    fclose(in);
    return 0;
}
