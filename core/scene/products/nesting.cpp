// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/nesting.h"

namespace nunatak::scene::products {

bool nestedTooDeeply(const std::string& json, int most) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > most) {
                return true;
            }
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace nunatak::scene::products
