// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/kml_fields.h"

#include <cpl_conv.h>

#include <array>
#include <string_view>

namespace nunatak::exchange {

namespace {

/// An option by which GDAL's reader is told a name, the name that it is told, and what people call it.
struct OwnField {
    const char* option;
    const char* name;
    const char* attribute;
};

constexpr std::string_view prefix = "kml:";
constexpr std::array ownFields{
    OwnField{"LIBKML_NAME_FIELD", "kml:name", "Name"},
    OwnField{"LIBKML_DESCRIPTION_FIELD", "kml:description", "description"},
    OwnField{"LIBKML_TIMESTAMP_FIELD", "kml:timestamp", "timestamp"},
    OwnField{"LIBKML_BEGIN_FIELD", "kml:begin", "begin"},
    OwnField{"LIBKML_END_FIELD", "kml:end", "end"},
    OwnField{"LIBKML_ALTITUDEMODE_FIELD", "kml:altitudeMode", ""},
    OwnField{"LIBKML_TESSELLATE_FIELD", "kml:tessellate", ""},
    OwnField{"LIBKML_EXTRUDE_FIELD", "kml:extrude", ""},
    OwnField{"LIBKML_VISIBILITY_FIELD", "kml:visibility", ""},
    OwnField{"LIBKML_DRAWORDER_FIELD", "kml:drawOrder", ""},
    OwnField{"LIBKML_ICON_FIELD", "kml:icon", ""},
    OwnField{"LIBKML_SNIPPET_FIELD", "kml:snippet", ""},
};

} // namespace

KmlFields::KmlFields() {
    for (const OwnField& field : ownFields) {
        CPLSetThreadLocalConfigOption(field.option, field.name);
    }
}

KmlFields::~KmlFields() {
    for (const OwnField& field : ownFields) {
        CPLSetThreadLocalConfigOption(field.option, nullptr);
    }
}

bool KmlFields::isOwn(const std::string& field) {
    return field.starts_with(prefix);
}

std::string KmlFields::attributeFor(const std::string& field) {
    for (const OwnField& own : ownFields) {
        if (field == own.name) {
            return own.attribute;
        }
    }
    return {};
}

} // namespace nunatak::exchange
