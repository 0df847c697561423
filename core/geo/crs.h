// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace nunatak::geo {

/// A coordinate reference system, kept as WKT 2. A plain value: no PROJ object lives in it, so it may go
/// anywhere. Axis order is always x east, y north (traditional GIS order).
class Crs {
public:
    /// None: a file without one.
    Crs() = default;
    /// "EPSG:32632", WKT 1 or 2, PROJ string. Throws Error when PROJ does not understand it.
    static Crs fromUserInput(const std::string& definition);
    /// The UTM zone (WGS 84) in which a longitude and latitude (degrees) lies; polar stereographic EPSG:3413
    /// or 3031 beyond 84° N and 80° S.
    static Crs utmAround(double longitude, double latitude);

    bool empty() const { return m_wkt.empty(); }
    const std::string& wkt() const { return m_wkt; }
    /// As WKT 1 in GDAL's dialect, which GeoPackage asks for. Throws Error when it cannot be written so.
    std::string wkt1() const;
    const std::string& name() const { return m_name; }
    std::optional<int> epsg() const { return m_epsg; }
    bool isProjected() const { return m_projected; }
    bool isGeographic() const { return m_geographic; }
    /// Metres (or degrees if geographic) per unit of the coordinates.
    double metresPerUnit() const { return m_metresPerUnit; }
    /// UTM or polar stereographic in metres: what a project may take over from its first scene.
    bool isUtmOrPolarStereographic() const { return m_utmOrPolar; }
    /// True when both mean the same system, whatever the text.
    bool operator==(const Crs& other) const;

private:
    std::string m_wkt;
    std::string m_name;
    std::optional<int> m_epsg;
    bool m_projected = false;
    bool m_geographic = false;
    bool m_utmOrPolar = false;
    double m_metresPerUnit = 1;
};

/// The system a project gets when none is asked for: the scene's own if it is UTM or polar stereographic in
/// metres, else the UTM zone (or polar stereographic system) of the middle of `extent`.
Crs defaultProjectCrs(const Crs& sceneCrs, const Extent& extent);

/// Coordinates of one system into another. Belongs to the thread that made it.
class CoordinateTransform {
public:
    /// Throws Error when PROJ knows no way between the two.
    CoordinateTransform(const Crs& from, const Crs& to);
    ~CoordinateTransform();
    CoordinateTransform(CoordinateTransform&&) noexcept;
    CoordinateTransform& operator=(CoordinateTransform&&) noexcept;

    bool isIdentity() const { return m_transform == nullptr; }
    /// Throws Error when the point lies outside of what the systems can express.
    Point operator()(Point point) const;
    void apply(std::span<Point> points) const;
    /// As apply, but points that cannot be expressed become NaN.
    void applyOrNan(std::span<Point> points) const;
    MultiPolygon operator()(const MultiPolygon& shape) const;
    /// Bounds of the transformed extent, its edges densified.
    Extent operator()(const Extent& extent) const;

private:
    struct Handle;
    std::unique_ptr<Handle> m_transform; // null: identity
};

} // namespace nunatak::geo
