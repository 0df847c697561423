// SPDX-License-Identifier: GPL-3.0-or-later
// Damages HDF5 files at random (bytes changed, ends cut off) and has them read through the child process,
// again and again. Whatever becomes of the child, the parent must come through with the contents or one
// Error.
//     fuzz_hdf5 READER SECONDS [SEED [WEIGHTS.h5]]
#include "base/error.h"
#include "core/exchange/hdf5_fixtures.h"
#include "core/exchange/keras_fixtures.h"
#include "exchange/tile_dataset.h"
#include "models/weight_layout.h"

#include <chrono>
#include <cstdio>
#include <map>
#include <random>

#include <sys/resource.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

std::string contents(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

fs::path smallWeights(const fs::path& folder) {
    const auto spec = smallGlavitu(12);
    exchange::exportKeras(spec, models::initialWeights(spec, 1), folder / "weights.h5");
    return folder / "weights.h5";
}

fs::path smallTiles(const fs::path& folder) {
    Hdf5Maker maker(folder / "tiles.hdf5");
    const hid_t chunks = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t extent[] = {4, 4, 1};
    H5Pset_chunk(chunks, 3, extent);
    H5Pset_deflate(chunks, 4);
    for (const std::string name : {"a", "b", "c"}) {
        const std::vector<float> values(8 * 8 * 2, 0.5f);
        maker.dataset(name + "/dem", {8, 8, 2}, values, H5T_IEEE_F32LE, chunks);
        maker.dataset(name + "/outlines", {8, 8, 2}, values, H5T_STD_U8LE);
        maker.text(name, "region", "ALP");
        maker.number(name, "padding_height", 1);
        maker.number(name, "xmin", 7.5, H5T_IEEE_F64LE);
    }
    H5Pclose(chunks);
    return folder / "tiles.hdf5";
}

class Damage {
public:
    explicit Damage(unsigned seed) : m_random(seed) {}

    std::string done(std::string bytes) {
        // Most of a weights file are numbers; what HDF5 reads as structure is dense in small areas, so places
        // are also taken near one another.
        if (below(8) == 0) {
            bytes.resize(below(bytes.size()));
            return bytes;
        }
        const auto centre = below(bytes.size());
        for (auto left = 1 + below(8); left > 0; --left) {
            const auto place =
                below(2) == 0 ? below(bytes.size()) : std::min(bytes.size() - 1, centre + below(64));
            bytes[place] = newByte(bytes[place]);
        }
        return bytes;
    }

private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, std::max<std::size_t>(limit, 1) - 1)(m_random);
    }
    char newByte(char old) {
        switch (below(4)) {
        case 0:
            return static_cast<char>(old ^ (1 << below(8)));
        case 1:
            return '\xff';
        case 2:
            return '\0';
        default:
            return static_cast<char>(below(256));
        }
    }

    std::mt19937 m_random;
};

/// How often each outcome came, for the record.
class Outcomes {
public:
    template <typename Read> void note(Read read) {
        try {
            read();
            ++m_counts["read all the same"];
        } catch (const Error& error) {
            const std::string what = error.what();
            const auto crash = what.find("it crashed (signal");
            ++m_counts[crash != std::string::npos ? what.substr(crash, what.find(')', crash) + 1 - crash)
                       : what.find("takes longer") != std::string::npos       ? "too slow"
                       : what.find("too much processor") != std::string::npos ? "too much processor time"
                                                                              : "refused"];
        }
    }
    void print(double seconds) const {
        long total = 0;
        for (const auto& [outcome, count] : m_counts) {
            std::printf("%8ld %s\n", count, outcome.c_str());
            total += count;
        }
        rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        std::printf("%ld files in %.0f s; the parent's largest resident size is %ld MiB\n", total, seconds,
                    used.ru_maxrss / 1024);
    }

private:
    std::map<std::string, long> m_counts;
};

void run(const fs::path& reader, double seconds, unsigned seed, const fs::path& weights,
         const fs::path& folder) {
    const auto weightsBytes = contents(weights.empty() ? smallWeights(folder) : weights);
    const auto tilesBytes = contents(smallTiles(folder));
    const auto damaged = folder / "damaged.h5";
    const exchange::Hdf5Patience patience{10};
    Damage damage(seed);
    Outcomes outcomes;
    const auto start = Clock::now();
    auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
    while (elapsed() < seconds) {
        std::ofstream(damaged, std::ios::binary) << damage.done(weightsBytes);
        outcomes.note(
            [&] { exchange::importKeras(exchange::readKerasFile(damaged, reader, {}, patience), {}); });
        std::ofstream(damaged, std::ios::binary) << damage.done(tilesBytes);
        outcomes.note([&] {
            exchange::TileDataset tiles(damaged, reader, {}, {}, patience);
            while (tiles.next()) {
            }
        });
    }
    outcomes.print(elapsed());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "fuzz_hdf5 READER SECONDS [SEED [WEIGHTS.h5]]\n");
        return 2;
    }
    const auto folder = fs::temp_directory_path() / ("nunatak-fuzz-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    try {
        run(argv[1], std::stod(argv[2]), argc > 3 ? static_cast<unsigned>(std::stoul(argv[3])) : 1,
            argc > 4 ? argv[4] : "", folder);
    } catch (const std::exception& error) {
        // Anything but an Error, which run() counts, is what this program looks for.
        std::fprintf(stderr, "%s; the file is kept in %s\n", error.what(), folder.c_str());
        return 1;
    }
    fs::remove_all(folder);
    return 0;
}
