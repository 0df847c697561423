// SPDX-License-Identifier: GPL-3.0-or-later
#include "spatial_functions.h"

#include "geopackage_blob.h"

#include <sqlite3.h>

namespace nunatak::database {

namespace {

std::optional<BlobView> argument(sqlite3_value* value) {
    if (sqlite3_value_type(value) != SQLITE_BLOB) {
        return std::nullopt;
    }
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
    return viewBlob({bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))});
}

void isEmpty(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (const auto view = argument(arguments[0])) {
        sqlite3_result_int(context, view->empty ? 1 : 0);
    } else {
        sqlite3_result_null(context);
    }
}

template <double Box::*bound> void boundOf(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (const auto view = argument(arguments[0]); view && !view->empty) {
        sqlite3_result_double(context, view->box.*bound);
    } else {
        sqlite3_result_null(context);
    }
}

} // namespace

int registerSpatialFunctions(sqlite3* connection) {
    struct Entry {
        const char* name;
        void (*function)(sqlite3_context*, int, sqlite3_value**);
    };
    for (const Entry& entry : {Entry{"ST_IsEmpty", isEmpty}, Entry{"ST_MinX", boundOf<&Box::xmin>},
                               Entry{"ST_MaxX", boundOf<&Box::xmax>}, Entry{"ST_MinY", boundOf<&Box::ymin>},
                               Entry{"ST_MaxY", boundOf<&Box::ymax>}}) {
        const int code = sqlite3_create_function_v2(connection, entry.name, 1,
                                                    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                                    nullptr, entry.function, nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    return SQLITE_OK;
}

} // namespace nunatak::database
