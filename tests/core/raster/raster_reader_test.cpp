// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/raster_reader.h"
#include "raster_fixtures.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

namespace {

std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool says(const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
}

/// Runs `work` and returns what it printed on stderr.
std::string printedBy(const std::filesystem::path& folder, const std::function<void()>& work) {
    const std::filesystem::path log = folder / "stderr.txt";
    std::fflush(stderr);
    const int kept = ::dup(2);
    const int file = ::open(log.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    ::dup2(file, 2);
    work();
    std::fflush(stderr);
    ::dup2(kept, 2);
    ::close(kept);
    ::close(file);
    std::ifstream in(log);
    return {std::istreambuf_iterator<char>(in), {}};
}

double ramp(int band, int column, int row) {
    return band * 10000 + row * 100 + column;
}

} // namespace

class RasterReaderTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void aPipeIsNotWaitedFor() {
        const std::string pipe = (folder() / "pipe.tif").string();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        try {
            const RasterReader reader(pipe);
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("is a pipe or a device") != std::string::npos,
                     error.what());
        }
    }

    void aFileTellsWhatItIs() {
        const std::string path =
            writeTiff(folder() / "info.tif", {.columns = 40,
                                              .rows = 30,
                                              .bands = 2,
                                              .type = GDT_UInt16,
                                              .noData = 7,
                                              .finish = [](GDALDatasetH d) {
                                                  GDALSetDescription(GDALGetRasterBand(d, 2), "nir");
                                                  GDALSetRasterScale(GDALGetRasterBand(d, 2), 0.0001);
                                                  GDALSetRasterOffset(GDALGetRasterBand(d, 2), -0.1);
                                              }});
        const RasterReader reader(path);
        const RasterInfo& info = reader.info();
        QCOMPARE(info.path, path);
        QCOMPARE(info.columns, 40);
        QCOMPARE(info.rows, 30);
        QCOMPARE(info.crs.epsg(), std::optional<int>(32632));
        QCOMPARE(info.bands.size(), std::size_t(2));
        QCOMPARE(info.bands[0].dataType, std::string("UInt16"));
        QCOMPARE(info.bands[0].noData, std::optional<double>(7));
        QCOMPARE(info.bands[1].description, std::string("nir"));
        QCOMPARE(info.bands[1].scale, 0.0001);
        QCOMPARE(info.bands[1].offset, -0.1);
        QCOMPARE(info.extent(), (geo::Extent{600000, 5199100, 601200, 5200000}));
        QVERIFY(info.northUpGrid().has_value());
        QCOMPARE(info.northUpGrid()->pixelSize, 30.0);
    }

    void turnedOrSouthUpFilesHaveNoNorthUpGrid() {
        const std::string southUp =
            writeTiff(folder() / "south.tif", {.columns = 4, .rows = 4, .transform = {0, 30, 0, 0, 0, 30}});
        QVERIFY(!RasterReader(southUp).info().northUpGrid());
        QCOMPARE(RasterReader(southUp).info().extent(), (geo::Extent{0, 0, 120, 120}));
        const std::string oblong =
            writeTiff(folder() / "oblong.tif", {.columns = 4, .rows = 4, .transform = {0, 30, 0, 0, 0, -29}});
        QVERIFY(!RasterReader(oblong).info().northUpGrid());
    }

    void filesWithoutGeoreferenceSaySo() {
        const std::string path =
            writeTiff(folder() / "nowhere.tif", {.columns = 8, .rows = 8, .crs = "", .hasTransform = false});
        const RasterReader reader(path);
        QVERIFY(!reader.info().isGeoreferenced());
        const std::string message = messageOf([&] {
            reader.readOnGrid(std::vector<int>{1}, {geo::Crs::fromUserInput("EPSG:32632"), 0, 0, 30, 4, 4},
                              Resampling::Bilinear);
        });
        QVERIFY(says(message, path) && says(message, "georeference"));
    }

    void aPixelSizeOf0IsNoGeoreference() {
        const std::string tiff = writeTiff(folder() / "pixel.tif", {.columns = 8, .rows = 8});
        for (const std::string transform : {"600000,0,0,5200000,0,0", "600000,30,0,5200000,0,0",
                                            "600000,nan,0,5200000,0,-30", "inf,30,0,5200000,0,-30"}) {
            std::ofstream(folder() / "flat.vrt")
                << R"(<VRTDataset rasterXSize="8" rasterYSize="8"><SRS>EPSG:32632</SRS><GeoTransform>)"
                << transform << R"(</GeoTransform><VRTRasterBand dataType="Float32" band="1"><SimpleSource>)"
                << R"(<SourceFilename relativeToVRT="1">pixel.tif</SourceFilename></SimpleSource>)"
                << R"(</VRTRasterBand></VRTDataset>)";
            const RasterReader reader((folder() / "flat.vrt").string());
            QVERIFY2(!reader.info().isGeoreferenced(), transform.c_str());
            const std::string message = messageOf([&] {
                reader.readOnGrid(std::vector<int>{1},
                                  {geo::Crs::fromUserInput("EPSG:32632"), 0, 0, 30, 4, 4},
                                  Resampling::Bilinear);
            });
            QVERIFY2(says(message, "flat.vrt") && says(message, "georeference"), message.c_str());
        }
    }

    void whatIsNotFiniteIsNothing() {
        const std::string path =
            writeTiff(folder() / "not_finite.tif",
                      {.columns = 5, .rows = 1, .value = [](int, int c, int) {
                           return std::array{1.0, std::nan(""), HUGE_VAL, -HUGE_VAL, 5.0}[std::size_t(c)];
                       }});
        const RasterReader reader(path);
        const Image<float> values = reader.readWindow(std::vector<int>{1}, {0, 0, 5, 1}, 5, 1);
        QCOMPARE(values.at(0, 0, 0), 1.0F);
        for (const int c : {1, 2, 3}) {
            QVERIFY(std::isnan(values.at(0, 0, c)));
        }
        QCOMPARE(values.at(0, 0, 4), 5.0F);
        const Image<float> warped = reader.readOnGrid(
            std::vector<int>{1}, {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 15, 10, 2},
            Resampling::Bilinear);
        for (const float value : warped.values()) {
            QVERIFY(std::isnan(value) || (value >= 1 && value <= 5));
        }
    }

    void aMissingFileIsNamed() {
        const std::string message = messageOf([&] { RasterReader((folder() / "none.tif").string()); });
        QVERIFY(says(message, "none.tif") && says(message, "does not exist"));
        QVERIFY(says(messageOf([&] { RasterReader(folder().string()); }), "is a folder"));
    }

    void aFileThatIsNoRasterIsRefusedWithItsName() {
        std::ofstream(folder() / "notes.tif") << "This is no picture.";
        const std::string message = messageOf([&] { RasterReader((folder() / "notes.tif").string()); });
        QVERIFY2(says(message, "notes.tif") && says(message, "not a raster"), message.c_str());
        std::ofstream(folder() / "empty.tif") << "";
        QVERIFY(says(messageOf([&] { RasterReader((folder() / "empty.tif").string()); }), "is empty"));
    }

    void aTruncatedFileIsRefusedWithItsName() {
        for (const bool compressed : {false, true}) {
            TiffFixture fixture{.columns = 300,
                                .rows = 300,
                                .type = GDT_UInt16,
                                .value = [](int b, int c, int r) { return noise(b, c, r) * 60000; }};
            if (compressed) {
                fixture.options = {"COMPRESS=DEFLATE", "TILED=YES"};
            }
            const std::filesystem::path path = folder() / (compressed ? "cut_deflate.tif" : "cut.tif");
            writeTiff(path, fixture);
            for (const double part : {0.001, 0.3, 0.9}) {
                const auto whole = std::filesystem::file_size(path);
                const std::filesystem::path shorter = folder() / "shorter.tif";
                std::filesystem::copy_file(path, shorter, std::filesystem::copy_options::overwrite_existing);
                std::filesystem::resize_file(shorter, static_cast<std::uintmax_t>(part * double(whole)));
                const std::string message = messageOf([&] {
                    const RasterReader reader(shorter.string());
                    reader.readWindow(std::vector<int>{1}, {0, 0, 300, 300}, 300, 300);
                });
                QVERIFY2(says(message, "shorter.tif"), message.c_str());
                QVERIFY2(says(message, "truncated") || says(message, "cut off"), message.c_str());
                QVERIFY2(!says(message, "\n"), message.c_str());
            }
        }
    }

    void nothingIsPrintedOnStderr() {
        const std::string printed = printedBy(folder(), [&] {
            messageOf([&] { RasterReader((folder() / "notes.tif").string()); });
            messageOf([&] { RasterReader((folder() / "none.tif").string()); });
            messageOf([&] {
                RasterReader((folder() / "shorter.tif").string())
                    .readWindow(std::vector<int>{1}, {0, 0, 300, 300}, 300, 300);
            });
        });
        QCOMPARE(printed, std::string());
    }

    void aBandThatIsNotThereIsAnError() {
        const std::string path = writeTiff(folder() / "two.tif", {.columns = 8, .rows = 8, .bands = 2});
        const RasterReader reader(path);
        const std::string message = messageOf([&] {
            reader.readWindow(std::vector<int>{3}, {0, 0, 8, 8}, 8, 8);
        });
        QVERIFY(says(message, "no band 3") && says(message, "it has 2"));
        QVERIFY(!messageOf([&] { reader.readWindow(std::vector<int>{1}, {0, 0, 8, 8}, 0, 8); }).empty());
    }

    void aWindowIsReadPixelByPixel() {
        const std::string path =
            writeTiff(folder() / "ramp.tif", {.columns = 50, .rows = 40, .bands = 3, .value = ramp});
        const RasterReader reader(path);
        const Image<float> part = reader.readWindow(std::vector<int>{3, 1}, {10, 5, 4, 3}, 4, 3);
        QCOMPARE(part.bands(), 2);
        for (int r = 0; r < 3; ++r) {
            for (int c = 0; c < 4; ++c) {
                QCOMPARE(part.at(0, r, c), float(ramp(3, 10 + c, 5 + r)));
                QCOMPARE(part.at(1, r, c), float(ramp(1, 10 + c, 5 + r)));
            }
        }
    }

    void aWindowBeyondTheEdgeIsFilledUpWithNothing() {
        const std::string path = writeTiff(folder() / "edge.tif", {.columns = 5, .rows = 5, .value = ramp});
        const Image<float> part = RasterReader(path).readWindow(std::vector<int>{1}, {-2, 3, 4, 4}, 4, 4);
        QVERIFY(std::isnan(part.at(0, 0, 1)));
        QVERIFY(std::isnan(part.at(0, 2, 2)));
        QCOMPARE(part.at(0, 0, 2), float(ramp(1, 0, 3)));
        QCOMPARE(part.at(0, 1, 3), float(ramp(1, 1, 4)));
        const Image<float> far = RasterReader(path).readWindow(std::vector<int>{1}, {100, 100, 2, 2}, 2, 2);
        QVERIFY(std::isnan(far.at(0, 0, 0)));
    }

    void noDataScaleAndOffsetBecomeValues() {
        const std::string path =
            writeTiff(folder() / "scaled.tif", {.columns = 4,
                                                .rows = 1,
                                                .type = GDT_UInt16,
                                                .noData = 0,
                                                .value = [](int, int c, int) { return c * 1000; },
                                                .finish =
                                                    [](GDALDatasetH d) {
                                                        GDALSetRasterScale(GDALGetRasterBand(d, 1), 0.0001);
                                                        GDALSetRasterOffset(GDALGetRasterBand(d, 1), -0.1);
                                                    }});
        const Image<float> values = RasterReader(path).readWindow(std::vector<int>{1}, {0, 0, 4, 1}, 4, 1);
        QVERIFY(std::isnan(values.at(0, 0, 0)));
        QCOMPARE(values.at(0, 0, 1), 0.0F);
        QCOMPARE(values.at(0, 0, 3), 0.2F);
    }

    void voidsThatNobodyDeclaredAreNothingAllTheSame() {
        const std::string srtm = writeTiff(
            folder() / "srtm.tif", {.columns = 3, .rows = 1, .type = GDT_Int16, .value = [](int, int c, int) {
                                        return c == 1 ? -32768.0 : 2500.0;
                                    }});
        const Image<float> heights = RasterReader(srtm).readWindow(std::vector<int>{1}, {0, 0, 3, 1}, 3, 1);
        QCOMPARE(heights.at(0, 0, 0), 2500.0F);
        QVERIFY(std::isnan(heights.at(0, 0, 1)));
        const std::string lowest =
            writeTiff(folder() / "lowest.tif", {.columns = 2, .rows = 1, .value = [](int, int c, int) {
                                                    return c == 1 ? -3.4028234663852886e38 : 2500.0;
                                                }});
        QVERIFY(
            std::isnan(RasterReader(lowest).readWindow(std::vector<int>{1}, {0, 0, 2, 1}, 2, 1).at(0, 0, 1)));
    }

    void transparentPixelsAreNothing() {
        const std::string alpha = writeTiff(
            folder() / "alpha.tif", {.columns = 3,
                                     .rows = 1,
                                     .bands = 4,
                                     .type = GDT_Byte,
                                     .value = [](int b, int c, int) { return b < 4    ? 90
                                                                             : c == 1 ? 0
                                                                                      : 255; },
                                     .options = {"PHOTOMETRIC=RGB", "ALPHA=YES"}});
        const RasterReader reader(alpha);
        QCOMPARE(reader.info().bands[3].colorInterpretation, std::string("Alpha"));
        const Image<float> values = reader.readWindow(std::vector<int>{1, 2, 3}, {0, 0, 3, 1}, 3, 1);
        QCOMPARE(values.at(0, 0, 0), 90.0F);
        QVERIFY(std::isnan(values.at(0, 0, 1)));
        QVERIFY(std::isnan(values.at(2, 0, 1)));
    }

    void maskedPixelsAreNothing() {
        const std::string path =
            writeTiff(folder() / "masked.tif",
                      {.columns = 3,
                       .rows = 1,
                       .bands = 2,
                       .type = GDT_Byte,
                       .value = [](int, int, int) { return 90; },
                       .finish =
                           [](GDALDatasetH d) {
                               GDALCreateDatasetMaskBand(d, GMF_PER_DATASET);
                               unsigned char valid[] = {255, 0, 255};
                               QCOMPARE(GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(d, 1)), GF_Write, 0, 0,
                                                     3, 1, valid, 3, 1, GDT_Byte, 0, 0),
                                        CE_None);
                           }});
        const Image<float> values = RasterReader(path).readWindow(std::vector<int>{2}, {0, 0, 3, 1}, 3, 1);
        QCOMPARE(values.at(0, 0, 0), 90.0F);
        QVERIFY(std::isnan(values.at(0, 0, 1)));
        QCOMPARE(values.at(0, 0, 2), 90.0F);
    }

    void aSmallerPictureHoldsMeans() {
        const std::string path =
            writeTiff(folder() / "board.tif", {.columns = 64, .rows = 64, .value = [](int, int c, int r) {
                                                   return (c + r) % 2 == 0 ? 0.0 : 10.0;
                                               }});
        const Image<float> small = RasterReader(path).readWindow(std::vector<int>{1}, {0, 0, 64, 64}, 16, 16);
        for (const float value : small.values()) {
            QCOMPARE(value, 5.0F);
        }
        const Image<float> odd = RasterReader(path).readWindow(std::vector<int>{1}, {3, 3, 50, 50}, 17, 17);
        for (const float value : odd.values()) {
            QVERIFY2(std::abs(value - 5) < 1, qPrintable(QString::number(value)));
        }
    }

    void overviewsAreUsedWhereTheyAreFineEnough() {
        // Overviews that say something else than the pixels show which of the two was read.
        const std::string path = writeTiff(
            folder() / "overviews.tif",
            {.columns = 512,
             .rows = 512,
             .value = [](int, int, int) { return 1; },
             .finish =
                 [](GDALDatasetH d) {
                     int factors[] = {4};
                     QCOMPARE(GDALBuildOverviews(d, "AVERAGE", 1, factors, 0, nullptr, nullptr, nullptr),
                              CE_None);
                     GDALRasterBandH overview = GDALGetOverview(GDALGetRasterBand(d, 1), 0);
                     GDALFillRaster(overview, 2, 0);
                 }});
        const RasterReader reader(path);
        QCOMPARE(reader.readWindow(std::vector<int>{1}, {0, 0, 512, 512}, 64, 64).at(0, 10, 10), 2.0F);
        QCOMPARE(reader.readWindow(std::vector<int>{1}, {0, 0, 512, 512}, 128, 128).at(0, 10, 10), 2.0F);
        QCOMPARE(reader.readWindow(std::vector<int>{1}, {0, 0, 512, 512}, 200, 200).at(0, 10, 10), 1.0F);
    }
};

QTEST_APPLESS_MAIN(RasterReaderTest)
#include "raster_reader_test.moc"
