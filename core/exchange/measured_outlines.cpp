// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/measured_outlines.h"

#include "base/error.h"
#include "geo/antimeridian.h"
#include "geo/cell_transform.h"
#include "geo/equal_area.h"
#include "geo/inner_point.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "geo/utm_zone.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace nunatak::exchange {

namespace {

/// The number that an attribute says, also where it is written as a text.
std::optional<double> numberOf(const outlines::Outline& outline, const char* name) {
    const auto* value = attributeNamed(outline, name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const std::string text = value->text();
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(number)
               ? std::optional(number)
               : std::nullopt;
}

class Measure {
public:
    Measure(const geo::Crs& crs, bool isAnew)
        : m_isAnew(isAnew), m_crs(crs), m_degrees(geo::Crs::fromUserInput("EPSG:4326")),
          m_toDegrees(crs, m_degrees), m_fromDegrees(m_degrees, crs) {}

    /// `inDegrees` becomes the shape in longitude and latitude, unless `isAroundPole`.
    ExportedOutline operator()(const outlines::Outline& outline, const geo::MultiPolygon& shape,
                               geo::MultiPolygon& inDegrees, bool& isAroundPole) {
        ExportedOutline measured;
        measured.outline = &outline;
        if (outline.describedShape != 0) {
            measured.shape = outline.describedShape == geo::fingerprint(outline.geometry)
                                 ? ExportedOutline::Shape::AsDescribed
                                 : ExportedOutline::Shape::Other;
        }
        inDegrees = m_toDegrees(shape);
        isAroundPole = !isUnwrapped(inDegrees);
        if (!isAroundPole) {
            measured.extentInDegrees = geo::extentOf(inDegrees);
        }
        measure(measured, shape, inDegrees, isAroundPole);
        if (!m_isAnew && measured.shape == ExportedOutline::Shape::AsDescribed) {
            takeOver(measured, shape);
        }
        measured.utmZone = geo::utmZone(measured.inside.x, measured.inside.y);
        if (const auto said = numberOf(outline, "utm_zone");
            said && measured.shape == ExportedOutline::Shape::AsDescribed && *said != measured.utmZone) {
            m_otherZones.push_back(called(outline));
        }
        return measured;
    }

    std::vector<std::string> notes() const {
        std::vector<std::string> notes;
        const auto tell = [&](const std::vector<std::string>& which, const char* what, const char* why) {
            if (!which.empty()) {
                notes.push_back(fmt::format(
                    "{} anew for {}, since {}.", what,
                    which.size() <= 3 ? listed(which) : fmt::format("{} outlines", which.size()), why));
            }
        };
        tell(m_otherAreas, "area_km2 was measured",
             "what the imported file says differs by more than 1 % from the area as it is measured");
        tell(m_otherPoints, "cenlon and cenlat were found",
             "the point that the imported file says lies outside of the glacier");
        tell(m_otherZones, "utm_zone was found",
             "the imported file says another one than that in which the glacier lies");
        return notes;
    }

private:
    /// False where it goes around a pole; then it is as it was.
    static bool isUnwrapped(geo::MultiPolygon& inDegrees) {
        try {
            geo::unwrap(inDegrees);
            return true;
        } catch (const Error&) {
            return false;
        }
    }

    void measure(ExportedOutline& measured, const geo::MultiPolygon& shape,
                 const geo::MultiPolygon& inDegrees, bool isAroundPole) {
        const auto measureThere = [&] {
            measured.areaKm2 = geo::geodesicArea(shape, m_crs) / 1e6;
            measured.inside = geo::innerPoint(shape);
            m_toDegrees.apply({&measured.inside, 1});
        };
        if (isAroundPole) {
            measureThere();
        } else {
            try {
                measured.areaKm2 = geo::equalAreaOf(inDegrees) / 1e6;
                measured.inside = geo::innerPoint(inDegrees);
            } catch (const Error&) { // it is no polygon in degrees
                measureThere();
            }
        }
        measured.inside.x -= 360 * std::floor((measured.inside.x + 180) / 360);
    }

    /// What the imported file says of this shape, where that can be.
    void takeOver(ExportedOutline& measured, const geo::MultiPolygon& shape) {
        const auto& outline = *measured.outline;
        if (const auto said = numberOf(outline, "area_km2")) {
            constexpr double tolerance = 0.01; // products round, and measure on spheres and in projections
            if (std::abs(*said - measured.areaKm2) <= tolerance * measured.areaKm2) {
                measured.areaKm2 = *said;
            } else {
                m_otherAreas.push_back(called(outline));
            }
        }
        const auto longitude = numberOf(outline, "cenlon");
        const auto latitude = numberOf(outline, "cenlat");
        if (longitude && latitude) {
            if (isWithin(shape, {*longitude, *latitude})) {
                measured.inside = {*longitude, *latitude};
            } else {
                m_otherPoints.push_back(called(outline));
            }
        }
    }

    bool isWithin(const geo::MultiPolygon& shape, geo::Point degrees) const {
        if (std::abs(degrees.y) > 90 || std::abs(degrees.x) > 360) {
            return false;
        }
        m_fromDegrees.applyOrNan({&degrees, 1});
        return std::isfinite(degrees.x) && geo::contains(shape, degrees);
    }

    bool m_isAnew;
    geo::Crs m_crs;
    geo::Crs m_degrees;
    geo::CellTransform m_toDegrees;
    geo::CoordinateTransform m_fromDegrees;
    std::vector<std::string> m_otherAreas;
    std::vector<std::string> m_otherPoints;
    std::vector<std::string> m_otherZones;
};

} // namespace

std::string called(const outlines::Outline& outline) {
    return outline.name.empty() ? outline.uuid : outline.name + " (" + outline.uuid + ")";
}

MeasuredOutlines measured(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                          const MeasureChoice& choice, const Progress& progress) {
    MeasuredOutlines result;
    result.outlines.reserve(outlines.size());
    Measure measure(crs, choice.isAnew);
    geo::MultiPolygon inDegrees;
    for (const auto* each : outlines) {
        const auto& outline = *each;
        const std::size_t i = result.outlines.size();
        progress.report(static_cast<double>(i) / static_cast<double>(outlines.size()), "Measuring outlines");
        if (geo::kindOf(outline.geometry) != geo::kindOf(outlines.front()->geometry)) {
            throw Error("The layer has areas besides lines or points, which no file holds together: " +
                        called(outline) + ".");
        }
        if (geo::isPath(outline.geometry)) {
            ExportedOutline& line = result.outlines.emplace_back();
            line.outline = &outline;
            line.lengthM = geo::geodesicLength(outline.geometry, crs);
            continue;
        }
        if (!geo::invalidReason(outline.geometry).empty()) {
            result.repaired[i] = geo::madeValid(outline.geometry);
        }
        const auto repaired = result.repaired.find(i);
        const auto& shape = repaired == result.repaired.end() ? outline.geometry : repaired->second;
        if (shape.empty() || !(geo::planarArea(shape) > 0)) {
            throw Error("The outline " + called(outline) +
                        " has no area and cannot be exported: remove it, or draw it again.");
        }
        bool isAroundPole = false;
        result.outlines.push_back(measure(outline, shape, inDegrees, isAroundPole));
        if (isAroundPole) {
            result.aroundPoles.insert(i);
        }
        if (choice.keepsDegrees) {
            result.inDegrees.push_back(std::move(inDegrees));
        }
    }
    result.notes = measure.notes();
    if (!result.repaired.empty()) {
        result.notes.push_back(fmt::format("Crossing lines: written as the area that they enclose, {}.",
                                           outlinesText(result.repaired.size())));
    }
    return result;
}

} // namespace nunatak::exchange
