// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/crs.h"

#include "base/error.h"
#include "base/letters.h"
#include "geo/crs_properties.h"
#include "geo/proj_context.h"
#include "geo/utm_zone.h"

#include <cmath>
#include <utility>

namespace nunatak::geo {

namespace {

std::string shortened(std::string text) {
    for (char& c : text) {
        if (c == '\n' || c == '\r' || c == '\t') {
            c = ' ';
        }
    }
    return text.size() > 80 ? text.substr(0, 77) + "..." : text;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

/// Completes what people type: a bare number is an EPSG code, a PROJ string means a system and not an
/// operation.
std::string completed(const std::string& definition) {
    std::string text = trimmed(definition);
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos) {
        return "EPSG:" + text;
    }
    if (text.starts_with("+") && text.find("+type=crs") == std::string::npos) {
        return text + " +type=crs";
    }
    return text;
}

/// A name alone: PROJ guesses the nearest one, which would silently be another system.
bool isBareName(const std::string& text) {
    return text.find_first_of(":[{+=/") == std::string::npos || text.find(" / ") != std::string::npos;
}

[[noreturn]] void throwNotUnderstood(const std::string& definition, const std::string& reason) {
    throw Error("\"" + shortened(definition) + "\" is not a coordinate system that PROJ understands" +
                (reason.empty() ? "" : " (" + shortened(reason) + ")") +
                "; give an EPSG code such as EPSG:32645, or WKT.");
}

} // namespace

Crs Crs::fromUserInput(const std::string& definition) {
    ProjContext& context = ProjContext::ofThisThread();
    context.takeMessage();
    const std::string text = completed(definition);
    PjPointer system(text.empty() ? nullptr : proj_create(context.get(), text.c_str()));
    if (!system || !proj_is_crs(system.get())) {
        throwNotUnderstood(definition, context.takeMessage());
    }
    if (isBareName(text) && text.find('[') == std::string::npos &&
        !isSameInAnyCase(text, proj_get_name(system.get()))) {
        throwNotUnderstood(definition, {});
    }
    if (proj_get_type(system.get()) == PJ_TYPE_COMPOUND_CRS) {
        // Heights are metres above whatever the elevation model says; only the horizontal part places a
        // pixel.
        system.reset(proj_crs_get_sub_crs(context.get(), system.get(), 0));
    }
    if (const auto utm = system ? unnamedUtm(context, system.get()) : std::nullopt) {
        return fromUserInput("EPSG:" + std::to_string(*utm));
    }
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* wkt = system ? proj_as_wkt(context.get(), system.get(), PJ_WKT2_2019, options) : nullptr;
    if (wkt == nullptr) {
        throwNotUnderstood(definition, context.takeMessage());
    }
    Crs crs;
    crs.m_wkt = wkt;
    const CrsProperties properties = propertiesOf(context, system.get());
    crs.m_name = properties.name;
    crs.m_epsg = properties.epsg;
    crs.m_projected = properties.projected;
    crs.m_geographic = properties.geographic;
    crs.m_utmOrPolar = properties.utmOrPolarStereographic;
    crs.m_metresPerUnit = properties.metresPerUnit;
    return crs;
}

std::string Crs::wkt1() const {
    ProjContext& context = ProjContext::ofThisThread();
    const PjPointer system(proj_create(context.get(), m_wkt.c_str()));
    const char* text = system ? proj_as_wkt(context.get(), system.get(), PJ_WKT1_GDAL, nullptr) : nullptr;
    if (text == nullptr) {
        context.takeMessage();
        throw Error("The coordinate system " + m_name +
                    " cannot be written into a GeoPackage. Choose another one, such as the UTM zone.");
    }
    return text;
}

Crs Crs::utmAround(double longitude, double latitude) {
    if (!std::isfinite(longitude) || !std::isfinite(latitude) || std::abs(latitude) > 90) {
        throw Error("There is no UTM zone around longitude " + std::to_string(longitude) + ", latitude " +
                    std::to_string(latitude) + ".");
    }
    if (latitude > 84) {
        return fromUserInput("EPSG:3413");
    }
    if (latitude < -80) {
        return fromUserInput("EPSG:3031");
    }
    return fromUserInput("EPSG:" +
                         std::to_string((latitude >= 0 ? 32600 : 32700) + utmZone(longitude, latitude)));
}

bool Crs::operator==(const Crs& other) const {
    if (m_wkt == other.m_wkt) {
        return true;
    }
    if (empty() || other.empty() || m_projected != other.m_projected || m_geographic != other.m_geographic) {
        return false;
    }
    if (m_epsg && other.m_epsg && *m_epsg == *other.m_epsg) {
        return true;
    }
    ProjContext& context = ProjContext::ofThisThread();
    const PjPointer a(proj_create(context.get(), m_wkt.c_str()));
    const PjPointer b(proj_create(context.get(), other.m_wkt.c_str()));
    context.takeMessage();
    return a && b &&
           proj_is_equivalent_to_with_ctx(context.get(), a.get(), b.get(),
                                          PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS) != 0;
}

Crs defaultProjectCrs(const Crs& sceneCrs, const Extent& extent) {
    if (sceneCrs.isUtmOrPolarStereographic()) {
        return sceneCrs;
    }
    if (extent.empty()) {
        throw Error("No coordinate system can be chosen for a scene without an extent; give one with --crs.");
    }
    const CoordinateTransform toDegrees(sceneCrs, Crs::fromUserInput("EPSG:4326"));
    const Point middle = toDegrees(extent.center());
    return Crs::utmAround(middle.x, middle.y);
}

} // namespace nunatak::geo
