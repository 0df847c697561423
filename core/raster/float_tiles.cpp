// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/float_tiles.h"

#include <cpl_conv.h>
#include <cpl_string.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace nunatak::raster {

namespace {

constexpr int mostPixels = 1 << 22; ///< of one tile

bool isPlainFile(int file) {
    struct stat status {};
    return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

bool isFileAt(int file, const std::string& path) {
    struct stat own {};
    struct stat there {};
    return fstat(file, &own) == 0 && stat(path.c_str(), &there) == 0 && own.st_dev == there.st_dev &&
           own.st_ino == there.st_ino;
}

bool is(const char* value, std::string_view wanted) {
    return value != nullptr && value == wanted;
}

/// A number of GDAL's about a tile: where it begins in the file, how many bytes it has.
std::optional<std::int64_t> numberOf(GDALRasterBandH band, const char* what, int column, int row) {
    const std::string name = what + std::to_string(column) + "_" + std::to_string(row);
    const char* text = GDALGetMetadataItem(band, name.c_str(), "TIFF");
    std::int64_t number = 0;
    if (text == nullptr || std::from_chars(text, text + std::strlen(text), number).ec != std::errc()) {
        return std::nullopt;
    }
    return number;
}

/// Each of eight bytes added to its own.
std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
    constexpr std::uint64_t low = 0x7F7F7F7F7F7F7F7F;
    return ((a & low) + (b & low)) ^ ((a ^ b) & ~low);
}

/// Sums from the first byte on, eight at a time.
void undoDifferences(unsigned char* bytes, std::size_t count) {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t last = 0;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, sizeof word);
        word = plus(word, word << 8);
        word = plus(word, word << 16);
        word = plus(word, word << 32);
        word = plus(word, last * each);
        last = word >> 56;
        std::memcpy(bytes + i, &word, sizeof word);
    }
    for (; i < count; ++i) {
        last = (last + bytes[i]) & 0xFF;
        bytes[i] = static_cast<unsigned char>(last);
    }
}

/// A row of a tile: first the highest bytes of all its numbers, then the next ones.
void putTogether(const unsigned char* bytes, std::size_t width, std::size_t count, float* values) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto byte = [&](std::size_t plane) { return std::uint32_t{bytes[plane * width + i]}; };
        values[i] = std::bit_cast<float>(byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3));
    }
}

} // namespace

FloatTiles::FloatTiles(const std::string& path) : m_path(path) {
    if constexpr (std::endian::native == std::endian::little) {
        m_file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK); // a pipe would wait for a writer
        if (m_file >= 0 && !isPlainFile(m_file)) {
            close();
        }
    }
}

FloatTiles::~FloatTiles() {
    close();
}

void FloatTiles::close() {
    if (m_file >= 0) {
        ::close(m_file);
        m_file = -1;
    }
}

void FloatTiles::describe(GDALDatasetH dataset) {
    constexpr const char* structure = "IMAGE_STRUCTURE";
    GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
    const auto says = [&](const char* item, std::string_view wanted) {
        return is(GDALGetMetadataItem(dataset, item, structure), wanted);
    };
    const bool isOurs = m_file >= 0 && GDALGetRasterCount(dataset) == 1 &&
                        is(GDALGetDriverShortName(GDALGetDatasetDriver(dataset)), "GTiff") &&
                        GDALGetRasterDataType(band) == GDT_Float32 && says("COMPRESSION", "DEFLATE") &&
                        says("PREDICTOR", "3") && isFileAt(m_file, m_path);
    if (!isOurs) {
        close();
        return;
    }
    m_band = band;
    m_columns = GDALGetRasterXSize(dataset);
    m_rows = GDALGetRasterYSize(dataset);
    GDALGetBlockSize(band, &m_tileColumns, &m_tileRows);
    const bool isTiled = m_tileColumns < m_columns || m_tileRows % 16 == 0;
    if (!isTiled || m_tileColumns % 16 != 0 || std::int64_t{m_tileColumns} * m_tileRows > mostPixels) {
        close(); // strips: the last one is shorter
    }
}

bool FloatTiles::read(const geo::PixelWindow& window, float* values) const {
    if (m_file < 0 || window.column % m_tileColumns != 0 || window.row % m_tileRows != 0 ||
        window.columns != std::min(m_tileColumns, m_columns - window.column) ||
        window.rows != std::min(m_tileRows, m_rows - window.row)) {
        return false;
    }
    const int column = window.column / m_tileColumns;
    const int row = window.row / m_tileRows;
    const auto offset = numberOf(m_band, "BLOCK_OFFSET_", column, row);
    const auto size = numberOf(m_band, "BLOCK_SIZE_", column, row);
    const auto width = static_cast<std::size_t>(m_tileColumns);
    const std::size_t rowBytes = width * sizeof(float);
    std::vector<unsigned char> bytes(rowBytes * static_cast<std::size_t>(m_tileRows));
    if (!offset || !size || *offset <= 0 || *size <= 0 ||
        *size > static_cast<std::int64_t>(2 * bytes.size())) {
        return false;
    }
    std::vector<unsigned char> packed(static_cast<std::size_t>(*size));
    std::size_t unpacked = 0;
    if (pread(m_file, packed.data(), packed.size(), *offset) != static_cast<ssize_t>(packed.size()) ||
        CPLZLibInflate(packed.data(), packed.size(), bytes.data(), bytes.size(), &unpacked) == nullptr ||
        unpacked != bytes.size()) {
        return false;
    }
    const auto columns = static_cast<std::size_t>(window.columns);
    for (std::size_t i = 0; i < static_cast<std::size_t>(window.rows); ++i) {
        unsigned char* line = bytes.data() + i * rowBytes;
        undoDifferences(line, rowBytes);
        putTogether(line, width, columns, values + i * columns);
    }
    return true;
}

} // namespace nunatak::raster
