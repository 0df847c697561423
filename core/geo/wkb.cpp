// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/paths.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>

namespace nunatak::geo {

namespace {

constexpr std::uint32_t pointType = 1;
constexpr std::uint32_t lineType = 2;
constexpr std::uint32_t polygonType = 3;
constexpr std::uint32_t multiPointType = 4;
constexpr std::uint32_t multiLineType = 5;
constexpr std::uint32_t multiPolygonType = 6;

/// Points lie in memory as they do in a file of little-endian binary.
constexpr bool isAsInMemory = std::endian::native == std::endian::little &&
                              sizeof(Point) == 2 * sizeof(double) && offsetof(Point, y) == 8;

template <typename T> using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;

class WkbWriter {
public:
    template <typename T> void put(T value) {
        auto bits = std::bit_cast<Bits<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            m_bytes.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
        }
    }
    void putHeader(std::uint32_t type) {
        m_bytes.push_back(1); // little-endian
        put(type);
    }
    void putCount(std::size_t count) { put(static_cast<std::uint32_t>(count)); }
    void putRing(const Ring& ring) {
        putCount(ring.empty() ? 0 : ring.size() + 1);
        if (ring.empty()) {
            return;
        }
        if constexpr (isAsInMemory) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(ring.data());
            m_bytes.insert(m_bytes.end(), bytes, bytes + ring.size() * sizeof(Point));
        } else {
            for (const Point& point : ring) {
                putPoint(point);
            }
        }
        putPoint(ring.front());
    }
    void putPoint(Point point) {
        put(point.x);
        put(point.y);
    }
    void putLine(const Ring& line) {
        putHeader(lineType);
        putCount(line.size());
        for (const Point& point : line) {
            putPoint(point);
        }
    }
    void reserve(std::size_t size) { m_bytes.reserve(size); }
    std::vector<std::uint8_t> take() { return std::move(m_bytes); }

private:
    std::vector<std::uint8_t> m_bytes;
};

class WkbReader {
public:
    explicit WkbReader(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    MultiPolygon readAll(bool takesPaths) {
        MultiPolygon shape;
        const Header header = readHeader();
        if (takesPaths && (header.type == pointType || header.type == lineType)) {
            shape = {{{}, {readPath(header)}}};
        } else if (takesPaths && (header.type == multiPointType || header.type == multiLineType)) {
            std::vector<Ring> paths = readPaths(header);
            if (!paths.empty()) {
                shape = {{{}, std::move(paths)}};
            }
        } else if (header.type == polygonType) {
            readPolygon(header, shape);
        } else if (header.type == multiPolygonType) {
            const std::uint32_t parts = readCount(header, 9);
            for (std::uint32_t i = 0; i < parts; ++i) {
                const Header part = readHeader();
                if (part.type != polygonType) {
                    throw Error(
                        "A stored multipolygon contains something that is no polygon; the file is damaged.");
                }
                readPolygon(part, shape);
            }
        } else {
            throw Error("A stored geometry is no polygon but " + nameOf(header.type) + ".");
        }
        if (m_position != m_bytes.size()) {
            throw Error(
                "A stored polygon is followed by bytes that do not belong to it; the file is damaged.");
        }
        return shape;
    }

private:
    struct Header {
        bool littleEndian = true;
        std::uint32_t type = 0;
        std::size_t dimensions = 2;
    };

    static std::string nameOf(std::uint32_t type) {
        static constexpr const char* names[] = {
            "a geometry of any kind", "a point", "a line", "a polygon", "points", "several lines"};
        return type < std::size(names) ? names[type] : "of type " + std::to_string(type);
    }

    [[noreturn]] static void throwNotFinite() {
        throw Error("A stored geometry has coordinates that are no numbers; the file is damaged.");
    }

    void need(std::size_t size) const {
        if (m_bytes.size() - m_position < size) {
            throw Error("A stored polygon ends in the middle; the file is damaged.");
        }
    }

    template <typename T> T read(bool littleEndian) {
        need(sizeof(T));
        Bits<T> bits = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            const std::size_t place = littleEndian ? i : sizeof(T) - 1 - i;
            bits |= static_cast<Bits<T>>(m_bytes[m_position + i]) << (8 * place);
        }
        m_position += sizeof(T);
        return std::bit_cast<T>(bits);
    }

    Header readHeader() {
        need(1);
        const std::uint8_t order = m_bytes[m_position++];
        if (order > 1) {
            throw Error("A stored polygon does not begin like well-known binary; the file is damaged.");
        }
        Header header;
        header.littleEndian = order == 1;
        std::uint32_t type = read<std::uint32_t>(header.littleEndian);
        // ISO adds 1000 for Z, 2000 for M; PostGIS and older GDAL set high bits, one of them for an SRID that
        // follows.
        header.dimensions += (type & 0x80000000u) != 0 ? 1 : 0;
        header.dimensions += (type & 0x40000000u) != 0 ? 1 : 0;
        if ((type & 0x20000000u) != 0) {
            read<std::uint32_t>(header.littleEndian);
        }
        type &= 0x1fffffffu;
        const std::uint32_t thousands = type / 1000;
        if (thousands <= 3) {
            header.dimensions += thousands == 3 ? 2 : thousands > 0 ? 1 : 0;
            type %= 1000;
        }
        header.type = type;
        return header;
    }

    /// A count whose elements, `smallest` bytes each, must still be there: a damaged one shall not ask for
    /// gigabytes.
    std::uint32_t readCount(const Header& header, std::size_t smallest) {
        const auto count = read<std::uint32_t>(header.littleEndian);
        need(static_cast<std::size_t>(count) * smallest);
        return count;
    }

    Ring readRing(const Header& header) {
        Ring ring = readPoints(header, readCount(header, 8 * header.dimensions));
        if (ring.size() > 1 && ring.front() == ring.back()) {
            ring.pop_back();
        }
        return ring;
    }

    Ring readPoints(const Header& header, std::uint32_t count) {
        need(static_cast<std::size_t>(count) * 8 * header.dimensions);
        Ring ring;
        if (isAsInMemory && header.littleEndian && header.dimensions == 2 && count > 0) {
            ring.resize(count);
            std::memcpy(ring.data(), &m_bytes[m_position], count * sizeof(Point));
            m_position += count * sizeof(Point);
            if (!isFinite(ring)) {
                throwNotFinite();
            }
            return ring;
        }
        ring.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            Point point;
            point.x = read<double>(header.littleEndian);
            point.y = read<double>(header.littleEndian);
            m_position += 8 * (header.dimensions - 2);
            if (!isFinite(point)) {
                throwNotFinite();
            }
            ring.push_back(point);
        }
        return ring;
    }

    /// A point, or the vertices of a line.
    Ring readPath(const Header& header) {
        const std::uint32_t count = header.type == pointType ? 1 : readCount(header, 8 * header.dimensions);
        return readPoints(header, count);
    }

    std::vector<Ring> readPaths(const Header& header) {
        std::vector<Ring> paths;
        for (std::uint32_t left = readCount(header, 9); left > 0; --left) {
            const Header part = readHeader();
            if (part.type != (header.type == multiLineType ? lineType : pointType)) {
                throw Error("Stored lines contain something else; the file is damaged.");
            }
            paths.push_back(readPath(part));
        }
        return paths;
    }

    void readPolygon(const Header& header, MultiPolygon& shape) {
        const std::uint32_t rings = readCount(header, 4);
        if (rings == 0) {
            return; // POLYGON EMPTY
        }
        Polygon polygon;
        polygon.outer = readRing(header);
        if (polygon.outer.empty()) { // what else it has would pass for lines
            throw Error("A stored polygon has no outer ring; the file is damaged.");
        }
        for (std::uint32_t i = 1; i < rings; ++i) {
            polygon.holes.push_back(readRing(header));
        }
        shape.push_back(std::move(polygon));
    }

    std::span<const std::uint8_t> m_bytes;
    std::size_t m_position = 0;
};

} // namespace

std::vector<std::uint8_t> toWkb(const MultiPolygon& shape) {
    WkbWriter writer;
    if (isPath(shape)) {
        const std::vector<Ring> paths = linesOf(shape);
        const bool isPoint = kindOf(shape) == ShapeKind::Point;
        if (isPoint && paths.size() == 1) {
            writer.putHeader(pointType);
            writer.putPoint(paths.front().front());
            return writer.take();
        }
        writer.putHeader(isPoint ? multiPointType : multiLineType);
        writer.putCount(paths.size());
        for (const Ring& path : paths) {
            if (isPoint) {
                writer.putHeader(pointType);
                writer.putPoint(path.front());
            } else {
                writer.putLine(path);
            }
        }
        return writer.take();
    }
    writer.reserve(9 + 16 * (vertexCount(shape) + 2 * shape.size()));
    writer.putHeader(multiPolygonType);
    writer.putCount(shape.size());
    for (const Polygon& polygon : shape) {
        writer.putHeader(polygonType);
        writer.putCount(1 + polygon.holes.size());
        writer.putRing(polygon.outer);
        for (const Ring& hole : polygon.holes) {
            writer.putRing(hole);
        }
    }
    return writer.take();
}

MultiPolygon fromWkb(std::span<const std::uint8_t> wkb) {
    return WkbReader(wkb).readAll(false);
}

MultiPolygon shapeFromWkb(std::span<const std::uint8_t> wkb) {
    return WkbReader(wkb).readAll(true);
}

} // namespace nunatak::geo
