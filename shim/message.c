// SPDX-License-Identifier: GPL-2.0-or-later
#include "shim/message.h"

#include <locale.h>
#include <stdlib.h>

#include "shim/data.h"

// The locale asked for is not installed. That is no reason to speak another language: glibc wants some locale
// other than C, and takes the language from LANGUAGE then.
static void speak_without_locale(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    setlocale(LC_ALL, "C.UTF-8");
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value) {
            setenv("LANGUAGE", value, 0);
            return;
        }
    }
}

void gaz_message_init(void) {
    struct gaz_buf folder = GAZ_BUF_INIT;
    if (!setlocale(LC_ALL, "")) {
        speak_without_locale();
    }
    setlocale(LC_NUMERIC, "C");
    if (gaz_data_beside_program(GAZ_LOCALE_DIR, &folder, NULL) == GAZ_OK) {
        bindtextdomain(GAZ_MESSAGE_DOMAIN, folder.data);
    }
    bind_textdomain_codeset(GAZ_MESSAGE_DOMAIN, "UTF-8");
    gaz_buf_free(&folder);
}
