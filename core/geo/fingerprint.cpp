// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"

#include <bit>

namespace nunatak::geo {

namespace {

class Hash {
public:
    void add(std::uint64_t word) {
        constexpr std::uint64_t prime = 0x9E3779B97F4A7C15ULL;
        m_state = (m_state ^ word) * prime;
        m_state ^= m_state >> 29;
    }
    void add(double number) { add(std::bit_cast<std::uint64_t>(number + 0.0)); } // no negative zero
    void add(const Ring& ring) {
        add(static_cast<std::uint64_t>(ring.size()));
        for (const Point& point : ring) {
            add(point.x);
            add(point.y);
        }
    }
    std::uint64_t value() const { return m_state == 0 ? 1 : m_state; }

private:
    std::uint64_t m_state = 0x6E756E6174616B00ULL;
};

} // namespace

std::uint64_t fingerprint(const MultiPolygon& shape) {
    Hash hash;
    for (const Polygon& polygon : shape) {
        hash.add(static_cast<std::uint64_t>(polygon.holes.size()));
        hash.add(polygon.outer);
        for (const Ring& hole : polygon.holes) {
            hash.add(hole);
        }
    }
    return hash.value();
}

} // namespace nunatak::geo
