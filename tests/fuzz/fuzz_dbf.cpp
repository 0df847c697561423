// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever the table of a Shapefile holds, its outlines are imported or refused with one Error.
#include "fuzz_outlines.h"

#include <array>
#include <cstring>
#include <vector>

namespace {

/// Three squares, as ESRI's description of the format has them: headers big-endian, all else little-endian.
class Shapes {
public:
    explicit Shapes(const std::filesystem::path& folder) {
        constexpr int count = 3, words = 64 + 4; // of a record: 5 points, one part
        std::vector<std::uint8_t> shp = header(50 + count * (words + 4)), shx = header(50 + count * 4);
        for (int i = 0; i < count; ++i) {
            const double x = 10 + 0.01 * i, y = 47, side = 0.005;
            for (auto* file : {&shp, &shx}) {
                big(*file, file == &shp ? i + 1 : 50 + i * (words + 4));
                big(*file, words);
            }
            little(shp, 5); // polygon
            for (const double bound : {x, y, x + side, y + side}) {
                little(shp, bound);
            }
            for (const int number : {1, 5, 0}) { // parts, points, where the part begins
                little(shp, number);
            }
            for (const auto& [dx, dy] :
                 {std::array{0.0, 0.0}, {0.0, side}, {side, side}, {side, 0.0}, {0.0, 0.0}}) {
                little(shp, x + dx);
                little(shp, y + dy);
            }
        }
        nunatak::tests::write(folder / "a.shp", shp.data(), shp.size());
        nunatak::tests::write(folder / "a.shx", shx.data(), shx.size());
        std::ofstream(folder / "a.prj")
            << R"(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])";
    }

private:
    static void big(std::vector<std::uint8_t>& file, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            file.push_back(static_cast<std::uint8_t>(number >> shift));
        }
    }
    template <typename Number> static void little(std::vector<std::uint8_t>& file, Number number) {
        std::array<std::uint8_t, sizeof number> bytes{};
        std::memcpy(bytes.data(), &number, sizeof number);
        file.insert(file.end(), bytes.begin(), bytes.end());
    }
    static std::vector<std::uint8_t> header(int words) {
        std::vector<std::uint8_t> file;
        big(file, 9994);
        file.resize(24);
        big(file, words);
        little(file, 1000);
        little(file, 5);
        for (const double bound : {10.0, 47.0, 11.0, 48.0, 0.0, 0.0, 0.0, 0.0}) {
            little(file, bound);
        }
        return file;
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const nunatak::tests::FuzzFolder folder;
    static const Shapes shapes(folder.path);
    nunatak::tests::write(folder.path / "a.dbf", data, size);
    nunatak::tests::importOutlines(folder.path / "a.shp");
    return 0;
}
