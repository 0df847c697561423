// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/eopf_attributes.h"

#include "base/error.h"
#include "scene/products/nesting.h"

#include <nlohmann/json.hpp>

namespace nunatak::scene::products {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 64;

const Json* member(const Json& json, const char* key) {
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() ? &*found : nullptr;
}

std::string text(const Json& json, const char* key) {
    const Json* value = member(json, key);
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> number(const Json& json, const char* key) {
    const Json* value = member(json, key);
    return value != nullptr && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

} // namespace

EopfAttributes parseEopfAttributes(const std::string& json, const std::string& file) {
    EopfAttributes result;
    if (nestedTooDeeply(json, deepest)) {
        throw Error("\"" + file + "\" is nested too deeply to be attributes; download the product again.");
    }
    Json root = Json::parse(json, nullptr, false);
    if (root.is_discarded()) {
        throw Error("\"" + file + "\" is not JSON: it is damaged or cut off; download the product again.");
    }
    if (const Json* inner = member(root, "attributes")) {
        root = Json(*inner); // Zarr 3
    }
    if (const Json* item = member(root, "stac_discovery")) {
        result.name = text(*item, "id");
        if (const Json* properties = member(*item, "properties")) {
            result.platform = text(*properties, "platform");
            result.datetime = text(*properties, "datetime");
            if (result.datetime.empty()) {
                result.datetime = text(*properties, "start_datetime");
            }
            result.sunElevation = number(*properties, "view:sun_elevation");
            result.sunAzimuth = number(*properties, "view:sun_azimuth");
        }
    }
    const Json* own = member(root, "_eopf_attrs");
    for (const Json* place : {static_cast<const Json*>(&root), own}) {
        if (place != nullptr && !result.scale) {
            result.scale = number(*place, "scale_factor");
            result.offset = number(*place, "add_offset");
        }
    }
    return result;
}

} // namespace nunatak::scene::products
