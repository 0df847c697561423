// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/raster_view.h"
#include "raster/reader_pool.h"
#include "raster_fixtures.h"
#include "shared_reading.h"

#include <QtTest>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

namespace {

std::string copyAs(const std::string& from, const std::filesystem::path& to, const char* driver,
                   std::vector<const char*> options = {}) {
    options.push_back(nullptr);
    GDALDatasetH source = GDALOpen(from.c_str(), GA_ReadOnly);
    GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName(driver), to.c_str(), source, FALSE, options.data(),
                                       nullptr, nullptr);
    GDALClose(copy);
    GDALClose(source);
    return to.string();
}

std::string messageOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TiffFixture tiled(int side, std::vector<std::string> more = {}) {
    TiffFixture fixture{.columns = side, .rows = side, .type = GDT_UInt16, .value = [](int b, int c, int r) {
                            return 60000 * noise(b, c, r);
                        }};
    fixture.options = {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE"};
    fixture.options.insert(fixture.options.end(), more.begin(), more.end());
    return fixture;
}

} // namespace

class SharedReadingTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    std::map<std::string, std::string> m_files;

    void addFile(const std::string& name, TiffFixture fixture) {
        m_files[name] = writeTiff(folder() / (name + ".tif"), fixture);
    }

private Q_SLOTS:
    void initTestCase() {
        const auto numbers = [](int b, int c, int r) { return std::floor(250 * noise(b, c, r)); };
        const auto plain = [&](GDALDataType type, int bands, std::vector<std::string> options) {
            return TiffFixture{.columns = 611,
                               .rows = 407,
                               .bands = bands,
                               .type = type,
                               .value = numbers,
                               .options = std::move(options)};
        };
        addFile("tiled, bands together", plain(GDT_UInt16, 6, {"TILED=YES", "COMPRESS=DEFLATE"}));
        addFile("tiled, band after band",
                plain(GDT_UInt16, 3, {"TILED=YES", "COMPRESS=DEFLATE", "INTERLEAVE=BAND"}));
        addFile("strips, bands together", plain(GDT_Int16, 4, {"COMPRESS=LZW", "PREDICTOR=2"}));
        addFile("strips of one row", plain(GDT_Byte, 2, {"BLOCKYSIZE=1", "INTERLEAVE=BAND"}));
        addFile("one strip", plain(GDT_UInt16, 1, {"BLOCKYSIZE=407", "COMPRESS=DEFLATE"}));
        addFile("tiny tiles", plain(GDT_Float32, 2, {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"}));
        addFile("whole numbers of 32 bits", plain(GDT_Int32, 2, {"TILED=YES"}));
        TiffFixture doubles = plain(GDT_Float64, 2, {"COMPRESS=DEFLATE"});
        doubles.value = [](int b, int c, int r) { return 1e6 * noise(b, c, r) / 3; };
        addFile("double precision", doubles);
        const std::string bytes = writeTiff(folder() / "bytes.tif", plain(GDT_Byte, 3, {}));
        m_files["PNG"] = copyAs(bytes, folder() / "picture.png", "PNG");
        m_files["VRT"] = copyAs(m_files["tiled, bands together"], folder() / "virtual.vrt", "VRT");
        m_files["mosaic with overviews"] = copyAs(m_files["tiled, bands together"], folder() / "cog.tif",
                                                  "COG", {"BLOCKSIZE=128", "COMPRESS=DEFLATE"});
        if (GDALGetDriverByName("JP2OpenJPEG") != nullptr) {
            m_files["JPEG 2000"] =
                copyAs(m_files["one strip"], folder() / "picture.jp2", "JP2OpenJPEG",
                       {"QUALITY=100", "REVERSIBLE=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128"});
        }
    }

    void everyWindowOfEveryBandHasTheBytesOfGdal_data() {
        QTest::addColumn<std::string>("path");
        for (const auto& [name, path] : m_files) {
            QTest::newRow(name.c_str()) << path;
        }
    }

    void everyWindowOfEveryBandHasTheBytesOfGdal() {
        QFETCH(std::string, path);
        const RasterReader alone(path);
        const int bandCount = static_cast<int>(alone.info().bands.size());
        ReaderPool pool;
        std::mt19937 random(11);
        for (int i = 0; i < 25; ++i) {
            const auto below = [&](int most) {
                return static_cast<int>(random() % static_cast<unsigned>(most));
            };
            geo::PixelWindow place{below(alone.info().columns), below(alone.info().rows), 0, 0};
            place.columns = 1 + below(alone.info().columns - place.column);
            place.rows = 1 + below(alone.info().rows - place.row);
            Bands bands;
            for (int band = bandCount; band >= 1; --band) {
                if (below(2) == 0 || (band == 1 && bands.empty())) {
                    bands.push_back(band);
                }
            }
            const Image<float> found = window(pool, path, bands, place);
            QVERIFY(sameImage(found, gdalWindow(path, bands, place)));
            QVERIFY(sameImage(found, alone.readWindow(bands, place, place.columns, place.rows)));
        }
    }

    void masksAlphaAndNoDataAreSeenAsByAReaderAlone() {
        TiffFixture fixture = tiled(600);
        fixture.bands = 4;
        fixture.type = GDT_Byte;
        fixture.value = [](int b, int c, int r) {
            return b < 4 ? 250 * noise(b, c, r) : (c / 50 + r / 70) % 3;
        };
        fixture.options.insert(fixture.options.end(), {"PHOTOMETRIC=RGB", "ALPHA=YES"});
        const std::string alpha = writeTiff(folder() / "alpha.tif", fixture);
        fixture = tiled(600);
        fixture.noData = 17;
        fixture.value = [](int b, int c, int r) { return std::floor(40 * noise(b, c, r)); };
        const std::string noData = writeTiff(folder() / "nodata.tif", fixture);
        fixture = tiled(600);
        fixture.bands = 2;
        fixture.finish = [](GDALDatasetH d) {
            GDALCreateDatasetMaskBand(d, GMF_PER_DATASET);
            std::vector<unsigned char> valid(600 * 600);
            for (std::size_t i = 0; i < valid.size(); ++i) {
                valid[i] = i / 77 % 2 == 0 ? 255 : 0;
            }
            QCOMPARE(GDALRasterIO(GDALGetMaskBand(GDALGetRasterBand(d, 1)), GF_Write, 0, 0, 600, 600,
                                  valid.data(), 600, 600, GDT_Byte, 0, 0),
                     CE_None);
        };
        const std::string masked = writeTiff(folder() / "masked.tif", fixture);
        ReaderPool pool;
        for (const std::string& path : {alpha, noData, masked}) {
            const RasterReader alone(path);
            const Image<float> expected = alone.readWindow(Bands{1}, {13, 200, 500, 380}, 500, 380);
            QVERIFY(std::any_of(expected.values().begin(), expected.values().end(),
                                [](float v) { return std::isnan(v); }));
            QVERIFY(sameImage(window(pool, path, {1}, {13, 200, 500, 380}), expected));
        }
    }

    void bandsMayHaveNoDataOfTheirOwn() {
        writeTiff(folder() / "pair.tif",
                  {.columns = 4, .rows = 1, .bands = 2, .type = GDT_Int16, .value = [](int, int c, int) {
                       return c;
                   }});
        std::ofstream(folder() / "pair.vrt")
            << R"(<VRTDataset rasterXSize="4" rasterYSize="1">)"
            << R"(<VRTRasterBand dataType="Int16" band="1"><NoDataValue>1</NoDataValue><SimpleSource>)"
            << R"(<SourceFilename relativeToVRT="1">pair.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>)"
            << R"(<VRTRasterBand dataType="Int16" band="2"><NoDataValue>2</NoDataValue><SimpleSource>)"
            << R"(<SourceFilename relativeToVRT="1">pair.tif</SourceFilename><SourceBand>2</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>)";
        ReaderPool pool;
        const Image<float> values = window(pool, (folder() / "pair.vrt").string(), {1, 2}, {0, 0, 4, 1});
        for (int c = 0; c < 4; ++c) {
            QCOMPARE(std::isnan(values.at(0, 0, c)), c == 1);
            QCOMPARE(std::isnan(values.at(1, 0, c)), c == 2);
        }
    }

    void aWarpedWindowIsTheSameBitByBit() {
        const std::string& path = m_files.at("mosaic with overviews");
        const RasterReader alone(path);
        ReaderPool pool({.bytes = std::size_t(1) << 20});
        for (const double size : {11.0, 30.0, 70.0, 190.0}) {
            for (const Resampling resampling :
                 {Resampling::Nearest, Resampling::Bilinear, Resampling::Cubic}) {
                const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"),
                                     140011,
                                     5215013,
                                     size,
                                     static_cast<int>(21000 / size),
                                     static_cast<int>(16000 / size)};
                const Image<float> expected = alone.readOnGrid(Bands{5, 2}, grid, resampling);
                const Image<float> found = pool.with<Image<float>>(path, [&](const RasterReader& reader) {
                    return reader.readOnGrid(Bands{5, 2}, grid, resampling);
                });
                QVERIFY(sameImage(found, expected));
                QVERIFY(std::any_of(found.values().begin(), found.values().end(),
                                    [](float v) { return !std::isnan(v); }));
            }
        }
    }

    void noBlockIsDecodedTwiceInASweepWithOverlap() {
        TiffFixture fixture = tiled(1000);
        fixture.bands = 3;
        const std::string path = writeTiff(folder() / "sweep.tif", fixture);
        ReaderPool pool;
        for (int row = 0; row < 1000; row += 96) {
            for (int column = 0; column < 1000; column += 96) {
                window(pool, path, {1}, {column, row, 192, 192});
                window(pool, path, {2, 3}, {column, row, 192, 192});
            }
        }
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(16));
        QCOMPARE(pool.statistics().bytesDecoded, std::uint64_t(1000) * 1000 * 3 * 2);
    }

    void aGlanceReadsAFewRowsOfAFileWithoutOverviewsAndAllOfOneNearby() {
        TiffFixture fixture{.columns = 16000, .rows = 1280, .bands = 2, .type = GDT_UInt16};
        fixture.value = [](int band, int column, int row) { return 1000 * band + row + column / 4; };
        fixture.options = {"COMPRESS=DEFLATE", "BLOCKYSIZE=1"};
        const auto file = writeTiff(folder() / "strips.tif", fixture);
        const int both[] = {1, 2};
        const auto grid = [&](double pixel, int columns, int rows) {
            return geo::Grid{geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, pixel, columns, rows};
        };
        const auto read = [&](const geo::Grid& target, Resampling resampling, std::uint64_t& decoded) {
            ReaderPool pool;
            auto pixels = pool.with<Image<float>>(file, [&](const RasterReader& reader) {
                return reader.readOnGrid(both, target, resampling);
            });
            decoded = pool.statistics().bytesDecoded;
            return pixels;
        };
        std::uint64_t few = 0;
        std::uint64_t all = 0;
        const auto coarse = grid(30 * 64, 250, 20);
        const auto glance = read(coarse, Resampling::Glance, few);
        const auto whole = read(coarse, Resampling::Bilinear, all);
        // Rows are decoded some at a time, half a megabyte of them.
        QVERIFY2(few * 4 <= all, qPrintable(QString("%1 of %2 bytes").arg(few).arg(all)));
        for (int band = 0; band < 2; ++band) {
            for (int row = 0; row < 20; ++row) {
                for (int column = 0; column < 250; ++column) {
                    // A row in place of the mean of 64: half a row apart at most.
                    QVERIFY(std::abs(glance.at(band, row, column) - whole.at(band, row, column)) <= 0.51F);
                }
            }
        }
        const auto near = grid(30 * 3, 60, 60);
        QVERIFY(read(near, Resampling::Glance, few).values() ==
                read(near, Resampling::Bilinear, all).values());
        QCOMPARE(few, all);
    }

    void theCacheStaysWithinItsBound() {
        const std::string path = writeTiff(folder() / "large.tif", tiled(2000));
        const std::size_t bound = std::size_t(1500) << 10;
        ReaderPool pool({.bytes = bound});
        std::vector<std::vector<ReadRequest>> steps;
        for (int i = 0; i < 60; ++i) {
            steps.push_back({{path, {1}, {i * 577 % 1700, i * 911 % 1700, 300, 300}, -1}});
        }
        const LookAhead ahead = pool.lookAhead(steps);
        std::atomic<int> wrong = 0;
        const auto run = [&](std::size_t first) {
            const RasterReader alone(path);
            for (std::size_t i = first; i < steps.size(); i += 3) {
                ahead.reached(i);
                const auto& place = steps[i].front().window;
                wrong += sameImage(window(pool, path, {1}, place),
                                   alone.readWindow(Bands{1}, place, place.columns, place.rows))
                             ? 0
                             : 1;
            }
        };
        {
            std::vector<std::jthread> threads;
            for (std::size_t first = 0; first < 3; ++first) {
                threads.emplace_back(run, first);
            }
        }
        QCOMPARE(wrong.load(), 0);
        QVERIFY2(pool.statistics().mostBytes <= bound,
                 qPrintable(QString::number(pool.statistics().mostBytes)));
        QVERIFY(pool.statistics().mostBytes > bound / 2);
        // Larger than the whole cache: read all the same.
        ReaderPool tiny({.bytes = 1000});
        QVERIFY(sameImage(window(tiny, path, {1}, {900, 900, 400, 400}),
                          gdalWindow(path, {1}, {900, 900, 400, 400})));
    }

    void whatLiesAheadIsDecodedBeforeItIsAskedFor() {
        const std::string path = writeTiff(folder() / "ahead.tif", tiled(1024));
        ReaderPool pool;
        const LookAhead ahead = pool.lookAhead({{{path, {1}, {0, 0, 256, 256}, -1}},
                                                {{path, {1}, {256, 256, 512, 512}, -1}},
                                                {{path, {1}, {0, 0, 300, 10}, -1}}});
        QTRY_COMPARE(pool.statistics().blocksDecoded, std::uint64_t(6));
        window(pool, path, {1}, {256, 256, 512, 512});
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(6));
        QCOMPARE(pool.statistics().blocksFound, std::uint64_t(4));
    }

    void readingAheadStopsWhenTheListIsLetGo() {
        const std::string path = writeTiff(folder() / "let_go.tif", tiled(1024));
        ReaderPool pool({.bytes = std::size_t(300) << 10}); // two blocks
        std::vector<std::vector<ReadRequest>> steps;
        for (int i = 0; i < 16; ++i) {
            steps.push_back({{path, {1}, {i % 4 * 256, i / 4 * 256, 256, 256}, -1}});
        }
        {
            const LookAhead ahead = pool.lookAhead(steps);
            QTRY_COMPARE(pool.statistics().blocksDecoded, std::uint64_t(2)); // and no more: full
            ahead.reached(1);
            QTRY_COMPARE(pool.statistics().blocksDecoded, std::uint64_t(3));
        }
        QTest::qWait(50);
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(3));
    }

    void aBlockThatWillBeReadAgainStays() {
        // Room for three of four blocks: by age alone the first would go before it is read again.
        const std::string path = writeTiff(folder() / "again.tif", tiled(512));
        ReaderPool pool({.bytes = std::size_t(3) * 256 * 256 * 2, .localThreads = 1});
        const std::vector<geo::PixelWindow> order{{0, 0, 9, 9},     {300, 0, 9, 9}, {0, 300, 9, 9},
                                                  {300, 300, 9, 9}, {0, 0, 9, 9},   {0, 300, 9, 9}};
        std::vector<std::vector<ReadRequest>> steps;
        for (const auto& place : order) {
            steps.push_back({{path, {1}, place, -1}});
        }
        const LookAhead ahead = pool.lookAhead(steps);
        for (std::size_t i = 0; i < order.size(); ++i) {
            ahead.reached(i);
            window(pool, path, {1}, order[i]);
        }
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(4));
    }

    void whatNobodyAnnouncedIsLetGoOfWhenMemoryIsNeeded() {
        const std::string path = writeTiff(folder() / "let_go_of.tif", tiled(512));
        ReaderPool pool;
        window(pool, path, {1}, {0, 0, 512, 512});
        const std::size_t block = std::size_t(256) * 256 * 2;
        QCOMPARE(pool.statistics().bytes, 4 * block);
        {
            const LookAhead ahead = pool.lookAhead({{{path, {1}, {300, 0, 9, 9}, -1}}});
            pool.dropUnneeded();
            QCOMPARE(pool.statistics().bytes, block);
        }
        pool.dropUnneeded();
        QCOMPARE(pool.statistics().bytes, std::size_t(0));
        QVERIFY(
            sameImage(window(pool, path, {1}, {0, 0, 512, 512}), gdalWindow(path, {1}, {0, 0, 512, 512})));
    }

    void aCoarseViewReadsTheOverviewAlone() {
        TiffFixture fixture = tiled(2048);
        fixture.finish = [](GDALDatasetH d) {
            int factors[] = {2, 4, 8};
            QCOMPARE(GDALBuildOverviews(d, "AVERAGE", 3, factors, 0, nullptr, nullptr, nullptr), CE_None);
        };
        const std::string path = writeTiff(folder() / "pyramid.tif", fixture);
        ReaderPool pool;
        const Image<float> view = pool.with<Image<float>>(path, [](const RasterReader& reader) {
            return reader.readWindow(Bands{1}, {0, 0, 2048, 2048}, 256, 256);
        });
        QVERIFY(sameImage(view, RasterReader(path).readWindow(Bands{1}, {0, 0, 2048, 2048}, 256, 256)));
        QCOMPARE(pool.statistics().bytesDecoded, std::uint64_t(256) * 256 * 2);
    }

    void aRequestNamesTheOverviewAndThePlace() {
        const std::string& path = m_files.at("mosaic with overviews");
        ReaderPool pool;
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"), 146000, 5210000, 130, 40, 30};
        const auto request = pool.with<std::optional<ReadRequest>>(path, [&](const RasterReader& reader) {
            return reader.requestFor(Bands{1, 2}, grid, Resampling::Bilinear);
        });
        QVERIFY(request.has_value());
        QVERIFY(request->overview >= 0);
        const LookAhead ahead = pool.lookAhead({{*request}});
        QTRY_VERIFY(pool.statistics().blocksDecoded > 0);
        QTest::qWait(100);
        const auto decoded = pool.statistics().blocksDecoded;
        pool.with<void>(path, [&](const RasterReader& reader) {
            reader.readOnGrid(Bands{1, 2}, grid, Resampling::Bilinear);
        });
        QCOMPARE(pool.statistics().blocksDecoded, decoded);
        const geo::Grid far{geo::Crs::fromUserInput("EPSG:32718"), 600000, 4600000, 30, 20, 20};
        const auto none = pool.with<std::optional<ReadRequest>>(path, [&](const RasterReader& reader) {
            return reader.requestFor(Bands{1}, far, Resampling::Bilinear);
        });
        QVERIFY(!none);
    }

    void manyThreadsReadManyFiles() {
        ReaderPool pool({.bytes = std::size_t(2) << 20, .localThreads = 3});
        std::atomic<int> wrong = 0;
        {
            std::vector<std::jthread> threads;
            for (unsigned seed = 1; seed <= 4; ++seed) {
                threads.emplace_back([&, seed] {
                    std::mt19937 random(seed);
                    for (int i = 0; i < 40; ++i) {
                        auto file = m_files.begin();
                        std::advance(file, static_cast<int>(random() % m_files.size()));
                        const geo::PixelWindow place{static_cast<int>(random() % 300),
                                                     static_cast<int>(random() % 200), 200, 150};
                        wrong += sameImage(window(pool, file->second, {1}, place),
                                           gdalWindow(file->second, {1}, place))
                                     ? 0
                                     : 1;
                    }
                });
            }
        }
        QCOMPARE(wrong.load(), 0);
        QVERIFY(pool.statistics().mostBytes <= std::size_t(2) << 20);
    }

    void aStoppedReadLeavesTheReaderUsable() {
        const std::string path = writeTiff(folder() / "stopped.tif", tiled(1500));
        ReaderPool pool;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(window(pool, path, {1}, {0, 0, 1500, 1500}, stop.get_token()), Cancelled);
        QVERIFY(sameImage(window(pool, path, {1}, {0, 0, 1500, 1500}),
                          gdalWindow(path, {1}, {0, 0, 1500, 1500})));
    }

    void aFileCutOffInTheMiddleOfASweepIsNamedAndReadAgainWhenItIsWhole() {
        const std::string whole = writeTiff(folder() / "whole.tif", tiled(1500));
        const std::string path = (folder() / "cut.tif").string();
        std::filesystem::copy_file(whole, path);
        std::filesystem::resize_file(path, std::filesystem::file_size(whole) * 6 / 10);
        ReaderPool pool;
        std::vector<std::vector<ReadRequest>> steps;
        for (int row = 0; row < 1500; row += 250) {
            steps.push_back({{path, {1}, {0, row, 1500, 250}, -1}});
        }
        std::string message;
        int read = 0;
        {
            const LookAhead ahead = pool.lookAhead(steps);
            message = messageOf([&] {
                for (std::size_t i = 0; i < steps.size(); ++i) {
                    ahead.reached(i);
                    window(pool, path, {1}, steps[i].front().window);
                    ++read;
                }
            });
        }
        QVERIFY2(read > 0 && read < 6, qPrintable(QString::number(read)));
        QVERIFY2(message.find("cut.tif") != std::string::npos &&
                     message.find("truncated") != std::string::npos &&
                     message.find('\n') == std::string::npos,
                 message.c_str());
        std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
        QVERIFY(sameImage(window(pool, path, {1}, {0, 0, 1500, 1500}),
                          gdalWindow(whole, {1}, {0, 0, 1500, 1500})));
    }

    void anotherFileOfTheSameNameIsReadAnew() {
        const std::string path = (folder() / "renewed.tif").string();
        writeTiff(path, {.columns = 50, .rows = 50, .value = [](int, int, int) { return 1; }});
        ReaderPool pool;
        QCOMPARE(window(pool, path, {1}, {0, 0, 5, 5}).at(0, 0, 0), 1.0F);
        const std::string other = writeTiff(
            folder() / "other.tif", {.columns = 60, .rows = 40, .value = [](int, int, int) { return 2; }});
        std::filesystem::rename(other, path);
        QCOMPARE(window(pool, path, {1}, {0, 0, 5, 5}).at(0, 0, 0), 2.0F);
        QCOMPARE(pool.with<int>(path, [](const RasterReader& r) { return r.info().columns; }), 60);
    }

    void aViewIsReadAnewWhenAFileBehindItIsAnother() {
        const std::string path = (folder() / "behind.tif").string();
        const auto write = [&](int value) {
            const std::string other =
                writeTiff(folder() / "new.tif",
                          {.columns = 50, .rows = 50, .type = GDT_Int16, .value = [=](int, int c, int) {
                               return c == 0 ? 7 : value;
                           }});
            std::filesystem::rename(other, path);
        };
        write(1);
        const std::string view = viewOf({RasterReader(path).info()}, {7, std::nullopt});
        ReaderPool pool;
        const auto before = window(pool, view, {1}, {0, 0, 2, 1});
        QVERIFY(std::isnan(before.at(0, 0, 0)));
        QCOMPARE(before.at(0, 0, 1), 1.0F);
        window(pool, view, {1}, {0, 0, 2, 1});
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(1)); // the view's text names its blocks, too
        write(2);
        QCOMPARE(window(pool, view, {1}, {0, 0, 2, 1}).at(0, 0, 1), 2.0F);
    }

    void aHugeRasterOfTinyBlocksNeedsLittleMemory() {
        const std::string small = writeTiff(
            folder() / "corner.tif", {.columns = 64, .rows = 64, .value = [](int, int, int) { return 5; }});
        std::ofstream(folder() / "huge.vrt")
            << R"(<VRTDataset rasterXSize="1000000" rasterYSize="1000000"><SRS>EPSG:3031</SRS>)"
            << R"(<GeoTransform>-3000000,6,0,3000000,0,-6</GeoTransform>)"
            << R"(<VRTRasterBand dataType="Float32" band="1" blockXSize="16" blockYSize="16"><NoDataValue>0</NoDataValue>)"
            << R"(<SimpleSource><SourceFilename relativeToVRT="1">corner.tif</SourceFilename><SourceBand>1</SourceBand>)"
            << R"(<SrcRect xOff="0" yOff="0" xSize="64" ySize="64"/><DstRect xOff="999900" yOff="999900" xSize="64" ySize="64"/>)"
            << R"(</SimpleSource></VRTRasterBand></VRTDataset>)";
        const std::string path = (folder() / "huge.vrt").string();
        const std::size_t bound = std::size_t(32) << 20;
        ReaderPool pool({.bytes = bound});
        const Image<float> corner = window(pool, path, {1}, {999890, 999890, 110, 110});
        QVERIFY(std::isnan(corner.at(0, 0, 0)));
        QCOMPARE(corner.at(0, 50, 50), 5.0F);
        // A picture of all of it: without overviews the middles of its pixels.
        const Image<float> view = pool.with<Image<float>>(path, [](const RasterReader& reader) {
            return reader.readWindow(Bands{1}, {0, 0, 1000000, 1000000}, 6, 6);
        });
        QCOMPARE(view.columns(), 6);
        QVERIFY(pool.statistics().mostBytes <= bound);
    }
};

QTEST_APPLESS_MAIN(SharedReadingTest)
#include "shared_reading_test.moc"
