// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/crs_properties.h"

#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>

namespace nunatak::geo {

namespace {

constexpr double degree = std::numbers::pi / 180;

std::optional<int> number(const char* text) {
    int value = 0;
    if (text == nullptr || std::from_chars(text, text + std::strlen(text), value).ec != std::errc()) {
        return std::nullopt;
    }
    return value;
}

std::optional<int> epsgId(const PJ* system) {
    const char* authority = proj_get_id_auth_name(system, 0);
    if (authority == nullptr || std::strcmp(authority, "EPSG") != 0) {
        return std::nullopt;
    }
    return number(proj_get_id_code(system, 0));
}

/// The code a system without one of its own is equivalent to (a shapefile's .prj carries none).
std::optional<int> identifiedEpsg(ProjContext& context, const PJ* system) {
    int* confidence = nullptr;
    PJ_OBJ_LIST* candidates = proj_identify(context.get(), system, "EPSG", nullptr, &confidence);
    std::optional<int> epsg;
    // 90: the same parameters, and a name that differs by spelling only.
    if (candidates != nullptr && proj_list_get_count(candidates) > 0 && confidence[0] >= 90) {
        const PjPointer best(proj_list_get(context.get(), candidates, 0));
        epsg = best ? epsgId(best.get()) : std::nullopt;
    }
    proj_int_list_destroy(confidence);
    proj_list_destroy(candidates);
    context.takeMessage();
    return epsg;
}

struct Parameters {
    double latitudeOfOrigin = 0;
    double longitudeOfOrigin = 0;
    double scale = 1;
    double falseEasting = 0;
    double falseNorthing = 0;
};

/// The five numbers of a transverse Mercator projection in degrees and metres.
Parameters parametersOf(ProjContext& context, const PJ* conversion) {
    Parameters found;
    const int count = proj_coordoperation_get_param_count(context.get(), conversion);
    for (int i = 0; i < count; ++i) {
        const char* code = nullptr;
        double value = 0;
        double toSi = 1;
        if (!proj_coordoperation_get_param(context.get(), conversion, i, nullptr, nullptr, &code, &value,
                                           nullptr, &toSi, nullptr, nullptr, nullptr, nullptr)) {
            continue;
        }
        switch (number(code).value_or(0)) {
        case 8801:
            found.latitudeOfOrigin = value * toSi / degree;
            break;
        case 8802:
            found.longitudeOfOrigin = value * toSi / degree;
            break;
        case 8805:
            found.scale = value * toSi;
            break;
        case 8806:
            found.falseEasting = value * toSi;
            break;
        case 8807:
            found.falseNorthing = value * toSi;
            break;
        default:
            break;
        }
    }
    return found;
}

bool isUtm(const Parameters& p) {
    const auto same = [](double a, double b) { return std::abs(a - b) < 1e-7; };
    const double zone = (p.longitudeOfOrigin + 183) / 6;
    return same(p.latitudeOfOrigin, 0) && same(p.scale, 0.9996) && same(p.falseEasting, 500000) &&
           (same(p.falseNorthing, 0) || same(p.falseNorthing, 10000000)) &&
           std::abs(zone - std::round(zone)) < 1e-7;
}

bool isUtmOrPolarStereographic(ProjContext& context, const PJ* projected) {
    const PjPointer conversion(proj_crs_get_coordoperation(context.get(), projected));
    const char* methodCode = nullptr;
    if (!conversion || !proj_coordoperation_get_method_info(context.get(), conversion.get(), nullptr, nullptr,
                                                            &methodCode)) {
        return false;
    }
    switch (number(methodCode).value_or(0)) {
    case 9807: // Transverse Mercator
        return isUtm(parametersOf(context, conversion.get()));
    case 9810: // Polar Stereographic, variants A, B and C
    case 9829:
    case 9830:
        return true;
    default:
        return false;
    }
}

/// True when nothing is known of a system's datum but that its ellipsoid is that of WGS 84, as GDAL writes a
/// GeoTIFF of which nobody told it more.
bool isUnnamedWgs84(ProjContext& context, const PJ* system) {
    const PjPointer datum(proj_crs_get_datum(context.get(), system));
    const std::string name = datum ? proj_get_name(datum.get()) : "";
    return name.starts_with("Not specified (based on WGS 84") ||
           name.starts_with("Not_specified_based_on_WGS_84") || name == "Unknown based on WGS 84 ellipsoid" ||
           name == "Unknown based on WGS84 ellipsoid";
}

double siPerUnit(ProjContext& context, const PJ* system) {
    const PjPointer axes(proj_crs_get_coordinate_system(context.get(), system));
    double factor = 1;
    if (axes) {
        proj_cs_get_axis_info(context.get(), axes.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr,
                              nullptr, nullptr);
    }
    return factor;
}

} // namespace

std::optional<int> unnamedUtm(ProjContext& context, const PJ* system) {
    const bool projected = proj_get_type(system) == PJ_TYPE_PROJECTED_CRS && epsgId(system) == std::nullopt;
    std::optional<int> epsg;
    if (projected && std::abs(siPerUnit(context, system) - 1) < 1e-12 && isUnnamedWgs84(context, system)) {
        const PjPointer conversion(proj_crs_get_coordoperation(context.get(), system));
        const char* method = nullptr;
        if (conversion &&
            proj_coordoperation_get_method_info(context.get(), conversion.get(), nullptr, nullptr, &method) &&
            number(method) == 9807) {
            const Parameters parameters = parametersOf(context, conversion.get());
            const int zone = static_cast<int>(std::lround((parameters.longitudeOfOrigin + 183) / 6));
            if (isUtm(parameters) && zone >= 1 && zone <= 60) {
                epsg = (parameters.falseNorthing > 0 ? 32700 : 32600) + zone;
            }
        }
    }
    context.takeMessage();
    return epsg;
}

CrsProperties propertiesOf(ProjContext& context, const PJ* system) {
    CrsProperties properties;
    properties.name = proj_get_name(system);
    PjPointer source;
    if (proj_get_type(system) == PJ_TYPE_BOUND_CRS) {
        // A system with a datum shift attached is still what it is bound to.
        source.reset(proj_get_source_crs(context.get(), system));
        system = source ? source.get() : system;
        properties.name = proj_get_name(system);
    }
    const PJ_TYPE type = proj_get_type(system);
    properties.projected = type == PJ_TYPE_PROJECTED_CRS;
    properties.geographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    if (properties.projected || properties.geographic) {
        properties.epsg = epsgId(system);
        if (!properties.epsg && proj_get_id_auth_name(system, 0) == nullptr) {
            properties.epsg = identifiedEpsg(context, system);
        }
        const double factor = siPerUnit(context, system);
        properties.metresPerUnit = properties.geographic ? factor / degree : factor;
        properties.utmOrPolarStereographic = properties.projected && std::abs(factor - 1) < 1e-12 &&
                                             isUtmOrPolarStereographic(context, system);
    }
    context.takeMessage();
    return properties;
}

} // namespace nunatak::geo
