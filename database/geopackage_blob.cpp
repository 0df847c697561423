// SPDX-License-Identifier: GPL-3.0-or-later
#include "geopackage_blob.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace nunatak::database {

namespace {

static_assert(std::endian::native == std::endian::little, "blobs are written in the machine's byte order");

constexpr std::size_t headerSize = 8;

template <typename T> void append(Bytes& bytes, T value) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(&value);
    bytes.insert(bytes.end(), first, first + sizeof value);
}

template <typename T> T load(std::span<const std::uint8_t> bytes, std::size_t at, bool littleEndian) {
    std::array<std::uint8_t, sizeof(T)> raw{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), sizeof(T), raw.begin());
    if (!littleEndian) {
        std::reverse(raw.begin(), raw.end());
    }
    T value{};
    std::memcpy(&value, raw.data(), sizeof value);
    return value;
}

/// Walks through well-known binary of any type and collects the coordinates' bounds.
class BoundsReader {
public:
    explicit BoundsReader(std::span<const std::uint8_t> wkb) : m_wkb(wkb) {}

    /// False where the bytes are no geometry.
    bool read() { return geometry(0); }
    /// None of a geometry without coordinates.
    std::optional<Box> box() const { return m_box.xmin <= m_box.xmax ? std::optional(m_box) : std::nullopt; }

private:
    bool has(std::size_t bytes) const { return m_wkb.size() - m_at >= bytes; }

    std::optional<std::uint32_t> number(bool littleEndian) {
        if (!has(4)) {
            return std::nullopt;
        }
        const auto value = load<std::uint32_t>(m_wkb, m_at, littleEndian);
        m_at += 4;
        return value;
    }

    bool points(std::uint32_t count, std::size_t dimensions, bool littleEndian) {
        if (!has(static_cast<std::size_t>(count) * dimensions * 8)) {
            return false;
        }
        for (std::uint32_t i = 0; i < count; ++i, m_at += dimensions * 8) {
            const double x = load<double>(m_wkb, m_at, littleEndian);
            const double y = load<double>(m_wkb, m_at + 8, littleEndian);
            if (!std::isnan(x) && !std::isnan(y)) { // an empty point is made of NaN
                m_box = {std::min(m_box.xmin, x), std::min(m_box.ymin, y), std::max(m_box.xmax, x),
                         std::max(m_box.ymax, y)};
            }
        }
        return true;
    }

    bool geometry(int depth) {
        if (depth > 16 || !has(5)) {
            return false;
        }
        const bool littleEndian = m_wkb[m_at++] == 1;
        const std::uint32_t code = *number(littleEndian);
        const std::uint32_t type = code % 1000;
        const std::uint32_t extra = code / 1000; // 1: Z, 2: M, 3: both
        const std::size_t dimensions = extra == 0 ? 2 : extra == 3 ? 4 : 3;
        if (type == 1) {
            return points(1, dimensions, littleEndian);
        }
        const auto count = number(littleEndian);
        if (!count) {
            return false;
        }
        if (type == 2 || type == 8) { // line string, circular string
            return points(*count, dimensions, littleEndian);
        }
        for (std::uint32_t i = 0; i < *count; ++i) {
            if (type == 3 || type == 17) { // rings of a polygon or triangle
                const auto vertices = number(littleEndian);
                if (!vertices || !points(*vertices, dimensions, littleEndian)) {
                    return false;
                }
            } else if (!geometry(depth + 1)) {
                return false;
            }
        }
        return true;
    }

    static constexpr double infinity = std::numeric_limits<double>::infinity();
    std::span<const std::uint8_t> m_wkb;
    std::size_t m_at = 0;
    Box m_box{infinity, infinity, -infinity, -infinity};
};

} // namespace

Bytes toBlob(std::span<const std::uint8_t> wkb, const Box& box, std::int32_t srsId) {
    Bytes blob;
    blob.reserve(headerSize + 4 * sizeof(double) + wkb.size());
    constexpr std::uint8_t littleEndianWithBox = 0x03;
    blob.insert(blob.end(), {'G', 'P', 0, littleEndianWithBox});
    append(blob, srsId);
    for (const double bound : {box.xmin, box.xmax, box.ymin, box.ymax}) {
        append(blob, bound);
    }
    blob.insert(blob.end(), wkb.begin(), wkb.end());
    return blob;
}

std::optional<BlobView> viewBlob(std::span<const std::uint8_t> blob) {
    if (blob.size() < headerSize || blob[0] != 'G' || blob[1] != 'P') {
        return std::nullopt;
    }
    const std::uint8_t flags = blob[3];
    const bool littleEndian = (flags & 0x01) != 0;
    const unsigned envelope = (flags >> 1) & 0x07;
    constexpr std::array<std::size_t, 5> doubles{0, 4, 6, 6, 8};
    if (envelope >= doubles.size() || blob.size() < headerSize + doubles[envelope] * 8) {
        return std::nullopt;
    }
    BlobView view;
    view.wkb = blob.subspan(headerSize + doubles[envelope] * 8);
    if ((flags & 0x10) != 0) {
        return view;
    }
    if (envelope > 0) {
        view.box = {load<double>(blob, 8, littleEndian), load<double>(blob, 24, littleEndian),
                    load<double>(blob, 16, littleEndian), load<double>(blob, 32, littleEndian)};
        view.empty = std::isnan(view.box.xmin);
        if (view.empty || (view.box.xmin <= view.box.xmax && view.box.ymin <= view.box.ymax)) {
            return view;
        }
        view.empty = true; // a damaged header: the geometry itself says where it lies
    }
    BoundsReader reader(view.wkb);
    if (!reader.read()) {
        return std::nullopt;
    }
    if (const auto box = reader.box()) {
        view.box = *box;
        view.empty = false;
    }
    return view;
}

bool canBeOnEarth(std::span<const std::uint8_t> blob) {
    constexpr double farthest = 1e9; // the circumference in feet is 1.3e8
    const auto view = viewBlob(blob);
    if (!view) {
        return true; // nothing is known of it here
    }
    BoundsReader reader(view->wkb);
    const auto box = reader.read() ? reader.box() : std::nullopt;
    return !box ||
           (std::max(box->xmax, box->ymax) <= farthest && std::min(box->xmin, box->ymin) >= -farthest);
}

} // namespace nunatak::database
