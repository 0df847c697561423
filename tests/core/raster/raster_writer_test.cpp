// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "raster/watched_files.h"
#include "raster_fixtures.h"

#include <QtTest>

#include <cpl_vsi.h>

#include <array>
#include <bit>
#include <csignal>
#include <cstring>
#include <fstream>
#include <limits>
#include <random>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

RasterLayout layout(int columns, int rows) {
    RasterLayout result;
    result.grid = {geo::Crs::fromUserInput("EPSG:32645"), 478000, 3108140, 30, columns, rows};
    result.bandNames = {"probability"};
    return result;
}

Image<float> noiseImage(int bands, int rows, int columns) {
    Image<float> image(bands, rows, columns);
    for (int b = 0; b < bands; ++b) {
        for (int r = 0; r < rows; ++r) {
            for (int c = 0; c < columns; ++c) {
                image.at(b, r, c) = static_cast<float>(noise(b, c, r));
            }
        }
    }
    return image;
}

/// No file may grow beyond a size: what a full disk does to a program, without one.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

} // namespace

class RasterWriterTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    int filesInFolder() const {
        const std::filesystem::directory_iterator all(folder());
        return static_cast<int>(std::distance(begin(all), end(all)));
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void tilesOfFloatsAreReadAsByGdalBitByBit() {
        // What is not of the last column or row of tiles, what is, and what none of them holds.
        const RasterLayout described = layout(700, 530);
        Image<float> image = noiseImage(1, 530, 700);
        std::mt19937 random(1);
        for (float& value : image.values()) {
            const std::uint32_t bits = random();
            value = random() % 4 == 0 ? value : std::bit_cast<float>(bits & 0xF17FFFFF); // none is absurd
            value = random() % 50 == 0 ? nothing : value;
        }
        RasterWriter writer(folder() / "f.tif", described);
        writer.write(image, 0, 0);
        writer.finish();
        const RasterReader reader((folder() / "f.tif").string());
        int tiles = 0;
        for (int row = 0; row < 530; row += 256) {
            for (int column = 0; column < 700; column += 256) {
                const int columns = std::min(256, 700 - column);
                const int rows = std::min(256, 530 - row);
                const auto tile =
                    reader.readWindow(std::array{1}, {column, row, columns, rows}, columns, rows);
                // A window over two tiles is GDAL's to read.
                const auto whole = reader.readWindow(std::array{1}, {0, row, 700, rows}, 700, rows);
                for (int r = 0; r < rows; ++r) {
                    QVERIFY(std::memcmp(tile.row(0, r), whole.row(0, r) + column,
                                        static_cast<std::size_t>(columns) * sizeof(float)) == 0);
                }
                ++tiles;
            }
        }
        QCOMPARE(tiles, 9);
    }

    void tilesOfARasterThatAnotherTookThePlaceOfAreThoseThatWereOpened() {
        const Image<float> ones = [] {
            Image<float> image(1, 256, 256);
            std::fill(image.values().begin(), image.values().end(), 1.0F);
            return image;
        }();
        const auto write = [&](const char* name, float factor) {
            Image<float> image = ones;
            for (float& value : image.values()) {
                value *= factor;
            }
            RasterWriter writer(folder() / name, layout(256, 256));
            writer.write(image, 0, 0);
            writer.finish();
        };
        write("f.tif", 1);
        const RasterReader reader((folder() / "f.tif").string());
        write("other.tif", 2);
        std::filesystem::rename(folder() / "other.tif", folder() / "f.tif");
        const auto tile = reader.readWindow(std::array{1}, {0, 0, 256, 256}, 256, 256);
        QCOMPARE(tile.at(0, 100, 100), 1.0F);
    }

    void whatIsWrittenIsReadAgain() {
        RasterLayout two = layout(300, 200);
        two.bandNames = {"probability", "confidence"};
        Image<float> pixels = noiseImage(2, 200, 300);
        pixels.at(0, 5, 7) = nothing;
        RasterWriter writer(folder() / "out.tif", two);
        writer.write(pixels, 0, 0);
        writer.finish();
        const RasterReader reader((folder() / "out.tif").string());
        QVERIFY(reader.info().northUpGrid() == two.grid);
        QCOMPARE(reader.info().bands[1].description, std::string("confidence"));
        const Image<float> again = reader.readWindow(std::vector<int>{1, 2}, {0, 0, 300, 200}, 300, 200);
        for (std::size_t i = 0; i < pixels.values().size(); ++i) {
            QVERIFY(same(again.values()[i], pixels.values()[i]));
        }
        QCOMPARE(filesInFolder(), 1);
    }

    void partsCanComeInAnyOrder() {
        RasterWriter writer(folder() / "parts.tif", layout(512, 512));
        writer.write(Image<float>(1, 256, 512, 2.0F), 0, 256);
        writer.write(Image<float>(1, 256, 256, 1.0F), 256, 0);
        writer.write(Image<float>(1, 256, 256, 0.5F), 0, 0);
        writer.finish();
        const RasterReader reader((folder() / "parts.tif").string());
        const Image<float> again = reader.readWindow(std::vector<int>{1}, {0, 0, 512, 512}, 512, 512);
        QCOMPARE(again.at(0, 10, 10), 0.5F);
        QCOMPARE(again.at(0, 10, 300), 1.0F);
        QCOMPARE(again.at(0, 300, 10), 2.0F);
        QVERIFY_EXCEPTION_THROWN(writer.write(Image<float>(1, 1, 1, 0.F), 0, 0), Error);
    }

    void wholeNumbersAreScaledRoundedAndBounded() {
        RasterLayout scaled = layout(5, 1);
        scaled.type = PixelType::UInt16;
        scaled.scale = 0.0001;
        scaled.noData = 65535;
        Image<float> pixels(1, 1, 5);
        pixels.values() = {0.12344F, 0.12346F, nothing, -1, 100};
        RasterWriter writer(folder() / "scaled.tif", scaled);
        writer.write(pixels, 0, 0);
        writer.finish();
        const RasterReader reader((folder() / "scaled.tif").string());
        QCOMPARE(reader.info().bands[0].dataType, std::string("UInt16"));
        const Image<float> again = reader.readWindow(std::vector<int>{1}, {0, 0, 5, 1}, 5, 1);
        QCOMPARE(again.at(0, 0, 0), 0.1234F);
        QCOMPARE(again.at(0, 0, 1), 0.1235F);
        QVERIFY(std::isnan(again.at(0, 0, 2)));
        QCOMPARE(again.at(0, 0, 3), 0.0F);
    }

    void pixelsWithoutDataNeedANumberInWholeNumbers() {
        RasterLayout bytes = layout(2, 1);
        bytes.type = PixelType::UInt8;
        RasterWriter writer(folder() / "bytes.tif", bytes);
        QVERIFY_EXCEPTION_THROWN(writer.write(Image<float>(1, 1, 2, nothing), 0, 0), Error);
    }

    void largeRastersGetOverviews() {
        RasterWriter writer(folder() / "large.tif", layout(1200, 900));
        writer.write(noiseImage(1, 900, 1200), 0, 0);
        writer.finish();
        GDALDatasetH dataset = GDALOpen((folder() / "large.tif").c_str(), GA_ReadOnly);
        GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
        QCOMPARE(GDALGetOverviewCount(band), 2);
        int blockColumns = 0;
        int blockRows = 0;
        GDALGetBlockSize(band, &blockColumns, &blockRows);
        QCOMPARE(blockColumns, 256);
        QCOMPARE(std::string(GDALGetMetadataItem(dataset, "COMPRESSION", "IMAGE_STRUCTURE")),
                 std::string("DEFLATE"));
        GDALClose(dataset);
    }

    void aCloudOptimisedRasterHasItsDirectoriesBeforeItsPixels() {
        auto wanted = layout(700, 300);
        wanted.cloudOptimised = true;
        wanted.type = PixelType::UInt16;
        wanted.noData = 65535;
        wanted.scale = 0.0001;
        const auto image = noiseImage(1, 300, 700);
        const auto file = m_folder->filePath("cog.tif").toStdString();
        {
            RasterWriter writer(file, wanted);
            writer.write(image, 0, 0);
            writer.finish();
        }
        std::ifstream stream(file, std::ios::binary);
        std::string begin(400, ' ');
        stream.read(begin.data(), 400);
        QVERIFY(begin.find("LAYOUT=IFDS_BEFORE_DATA") != std::string::npos);
        const RasterReader reader(file);
        QCOMPARE(reader.info().bands[0].description, std::string("probability"));
        QCOMPARE(reader.info().bands[0].scale, 0.0001);
        const auto read = reader.readWindow(std::vector<int>{1}, {0, 0, 700, 300}, 700, 300);
        for (std::size_t i = 0; i < read.values().size(); ++i) {
            QVERIFY(std::abs(read.values()[i] - image.values()[i]) < 0.00006F);
        }
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{"cog.tif"});
    }

    void anUnfinishedFileDisappears() {
        {
            RasterWriter writer(folder() / "unfinished.tif", layout(400, 400));
            writer.write(noiseImage(1, 400, 400), 0, 0);
            QVERIFY(!std::filesystem::exists(folder() / "unfinished.tif"));
        }
        QCOMPARE(filesInFolder(), 0);
    }

    void whatAKilledWriterLeftIsRemovedByTheNext() {
        const auto child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const RasterWriter writer(folder() / "file.tif", layout(4, 4));
            ::raise(SIGKILL);
        }
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        const auto all = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot;
        QCOMPARE(QDir(m_folder->path()).entryList(all).size(), 1);
        const RasterWriter other(folder() / "other.tif", layout(4, 4)); // somebody still writes it
        RasterWriter writer(folder() / "file.tif", layout(4, 4));
        writer.write(Image<float>(1, 4, 4, 1.0F), 0, 0);
        writer.finish();
        QCOMPARE(QDir(m_folder->path()).entryList(all).size(), 2); // the file, and what the other one makes
    }

    void aFileOfTheUserStaysWhereTheClaimSaysSo() {
        const auto path = folder() / "optical.tif";
        std::ofstream(path) << "a picture of somebody";
        QVERIFY_EXCEPTION_THROWN(RasterWriter(path, layout(4, 4), {"simulation"}), Error);
        QCOMPARE(std::filesystem::file_size(path), std::uintmax_t(21));
    }

    void aMissingFolderIsNamed() {
        try {
            RasterWriter(folder() / "nowhere" / "out.tif", layout(10, 10));
            QFAIL("a file was made in a folder that is not there");
        } catch (const Error& error) {
            QVERIFY(std::string(error.what()).find("nowhere") != std::string::npos);
        }
        QVERIFY_EXCEPTION_THROWN(RasterWriter(folder() / "none.tif", layout(0, 10)), Error);
    }

    void aFullDiskLeavesTheOldFileAndNothingElse() {
        const std::filesystem::path path = folder() / "out.tif";
        {
            RasterWriter writer(path, layout(64, 64));
            writer.write(Image<float>(1, 64, 64, 0.25F), 0, 0);
            writer.finish();
        }
        std::string message;
        {
            const FullDisk full(100'000);
            try {
                RasterWriter writer(path, layout(1000, 1000));
                writer.write(noiseImage(1, 1000, 1000), 0, 0);
                writer.finish();
            } catch (const Error& error) {
                message = error.what();
            }
        }
        QVERIFY2(message.find("out.tif") != std::string::npos, message.c_str());
        QVERIFY2(message.find("disk full") != std::string::npos, message.c_str());
        QCOMPARE(filesInFolder(), 1);
        const RasterReader reader(path.string());
        QCOMPARE(reader.info().columns, 64);
        QCOMPARE(reader.readWindow(std::vector<int>{1}, {0, 0, 64, 64}, 64, 64).at(0, 63, 63), 0.25F);
    }

    void aWriteThatFailsIsRememberedWhoeverGoesOn() {
        vsi_l_offset place = 0;
        const auto writeTo = [&](const WatchedFiles& watched, const std::filesystem::path& path) {
            VSILFILE* file = VSIFOpenL(watched.pathOf(path).c_str(), "w+b");
            QVERIFY(file != nullptr);
            VSIFWriteL("abcdefgh", 1, 8, file); // as some drivers, without a look at what it says
            VSIFSeekL(file, 2, SEEK_SET);
            VSIFWriteL("X", 1, 1, file);
            VSIFSeekL(file, 1, SEEK_SET);
            std::array<char, 4> read{};
            VSIFReadL(read.data(), 1, read.size(), file);
            place = VSIFTellL(file);
            VSIFWriteL("Y", 1, 1, file);
            VSIFCloseL(file);
        };
        const WatchedFiles sound, full;
        const std::filesystem::path path = folder() / "watched.txt";
        writeTo(sound, path);
        QCOMPARE(place, vsi_l_offset{5});
        writeTo(full, "/dev/full");
        QVERIFY(!sound.hasFailed());
        QCOMPARE(sound.failure(), std::string());
        std::string text;
        std::ifstream(path) >> text;
        QCOMPARE(text, std::string("abXdeYgh"));
        QVERIFY(full.hasFailed());
        QCOMPARE(full.failure(), std::string("No space left on device"));
    }

    void pixelsBesideTheRasterAreRefused() {
        RasterWriter writer(folder() / "out.tif", layout(10, 10));
        QVERIFY_EXCEPTION_THROWN(writer.write(Image<float>(1, 5, 5, 0.F), 6, 0), Error);
        QVERIFY_EXCEPTION_THROWN(writer.write(Image<float>(1, 5, 5, 0.F), -1, 0), Error);
        QVERIFY_EXCEPTION_THROWN(writer.write(Image<float>(2, 5, 5, 0.F), 0, 0), Error);
    }
};

QTEST_APPLESS_MAIN(RasterWriterTest)
#include "raster_writer_test.moc"
