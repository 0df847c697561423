// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_schema.h"

#include "base/error.h"

#include <algorithm>

namespace nunatak::exchange {

std::span<const ExportSchema> exportSchemas() {
    static const std::vector<ExportSchema> schemas{
        {.id = "plain",
         .title = "All that is known",
         .what = "What the program knows of each outline, and every attribute that came in with it"},
        rgi7Glaciers(),
        rgi7Complexes(),
        rgi6(),
        glimsTransfer(),
    };
    return schemas;
}

const ExportSchema& exportSchema(const std::string& id) {
    const auto schemas = exportSchemas();
    const auto found =
        std::find_if(schemas.begin(), schemas.end(), [&](const auto& schema) { return schema.id == id; });
    if (found != schemas.end()) {
        return *found;
    }
    std::vector<std::string> ids;
    for (const auto& schema : schemas) {
        ids.emplace_back(schema.id);
    }
    throw Error("There is no schema \"" + id + "\": choose one of " + listed(ids) + ".");
}

std::vector<std::string> columnNames(const std::string& id, bool isOfAreas) {
    std::vector<std::string> names;
    const auto& own = exportSchema(id).fields;
    for (const auto& field : !own.empty() || !isOfAreas ? own : ownFields()) {
        names.push_back(field.name);
    }
    return names;
}

} // namespace nunatak::exchange
