// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "ui/figure/figure.h"
#include "ui/figure/graticule.h"
#include "ui/figure/scale_bar.h"

#include <QFile>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include <cmath>
#include <random>

using namespace nunatak;
using namespace nunatak::ui::figure;

namespace {

const geo::Point middle{488000, 3097000}; // near Mount Everest, UTM zone 45 N

geo::Crs utm() {
    return geo::Crs::fromUserInput("EPSG:32645");
}

/// A page 180 mm wide that shows 18 km by about 12 km of grey ground, and one layer with a square of 4 km.
Figure everest(const Furniture& furniture) {
    Figure figure;
    figure.page = QSizeF(180 * unitsPerMillimetre, 120 * unitsPerMillimetre);
    figure.furniture = furniture;
    figure.caption = "Landsat 7 ETM+ 2000-10-30";
    figure.frame = frameOn(figure.page, furniture, true, true);
    figure.picture = QImage(600, 400, QImage::Format_RGB32);
    figure.picture.fill(QColor(120, 120, 120));
    figure.metresPerUnit = 18'000 / figure.frame.width();
    figure.map = MapFrame{figure.frame, middle, figure.metresPerUnit, 0};
    figure.crs = utm();
    outlines::Outline square;
    square.uuid = "a";
    square.geometry = {{{{middle.x - 2000, middle.y - 2000},
                         {middle.x - 2000, middle.y + 2000},
                         {middle.x + 2000, middle.y + 2000},
                         {middle.x + 2000, middle.y - 2000}},
                        {}}};
    figure.layers.push_back({"RGI 6", QColor(255, 0, 0), 2, {outlines::share(std::move(square))}});
    figure.inset = Inset{figure.picture, {470000, 3080000, 506000, 3114000}};
    return figure;
}

const Furniture bare{false, false, false, false, false};
const Furniture all{};

QByteArray contents(const QString& file) {
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

} // namespace

class FigureTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void scaleBarsAreRoundAndFit_data() {
        QTest::addColumn<double>("metresPerPixel");
        QTest::addColumn<QString>("text");
        QTest::newRow("satellite") << 10.0 << "1 km";
        QTest::newRow("tile") << 100.0 << "10 km";
        QTest::newRow("glacier") << 3.4 << "500 m";
        QTest::newRow("pixel") << 0.15 << "20 m";
        QTest::newRow("exactly") << 12.5 << "2 km";
        QTest::newRow("tiny") << 0.001 << "10 cm";
    }
    void scaleBarsAreRoundAndFit() {
        QFETCH(double, metresPerPixel);
        const auto bar = scaleBarFor(metresPerPixel, 160);
        QTEST(bar.text, "text");
        QVERIFY(bar.length <= 160.0001 && bar.length > 160 / 2.6);
        QVERIFY(std::abs(bar.length * metresPerPixel - bar.metres) < 1e-9 * bar.metres);
    }

    void gridLinesAreAtRoundDegrees_data() {
        QTest::addColumn<double>("degrees");
        QTest::addColumn<double>("step");
        QTest::newRow("tile") << 1.1 << 0.25;
        QTest::newRow("valley") << 0.2 << 5 / 60.0;
        QTest::newRow("tongue") << 0.01 << 10 / 3600.0;
        QTest::newRow("country") << 12.0 << 5.0;
    }
    void gridLinesAreAtRoundDegrees() {
        QFETCH(double, degrees);
        QFETCH(double, step);
        QCOMPARE(graticuleStep(degrees, 5), step);
    }

    void aMeridianIsWhereItsLabelSays() {
        const geo::Extent extent{478000, 3088500, 502000, 3108000};
        const auto lines = graticule(utm(), extent, 5);
        const geo::CoordinateTransform back(utm(), geo::Crs::fromUserInput("EPSG:4326"));
        QStringList labels;
        for (const auto& line : lines) {
            labels << line.label;
            for (const auto& point : line.points) {
                const auto degrees = back(point);
                QVERIFY(std::abs((line.meridian ? degrees.x : degrees.y) - line.degrees) < 1e-7);
            }
        }
        QVERIFY2(labels.contains("86° 50′ E"), qPrintable(labels.join(", ")));
        QVERIFY2(labels.contains("28° 00′ N"), qPrintable(labels.join(", ")));
        QVERIFY(lines.size() >= 5 && lines.size() <= 12);
    }

    void southAndWestAreNamed() {
        const auto patagonia = geo::Crs::fromUserInput("EPSG:32718");
        const geo::CoordinateTransform there(geo::Crs::fromUserInput("EPSG:4326"), patagonia);
        const auto at = there(geo::Point{-73.5, -49});
        bool south = false;
        bool west = false;
        for (const auto& line : graticule(patagonia, geo::Extent{at.x, at.y, at.x, at.y}.grown(20'000), 5)) {
            south = south || line.label.endsWith("S");
            west = west || line.label.endsWith("W");
        }
        QVERIFY(south && west);
    }

    void aFrameLeadsFromMapToPageAndBack() {
        std::mt19937 random(2);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 100; ++i) {
            const MapFrame frame{QRectF(20, 30, 600, 400), middle, 25, 360 * unit(random)};
            const QPointF page(20 + 600 * unit(random), 30 + 400 * unit(random));
            const auto map = frame.toMap(page);
            const auto again = frame.toPage(map);
            QVERIFY(std::hypot(again.x() - page.x(), again.y() - page.y()) < 1e-6);
            QVERIFY(frame.extent().contains(map));
        }
        // A heading of 90 degrees has the east at the top.
        const MapFrame east{QRectF(0, 0, 100, 100), middle, 10, 90};
        QVERIFY(east.toPage({middle.x + 200, middle.y}).y() < 31);
    }

    void anOutlineIsDrawnWhereItIs() {
        const auto picture = image(everest(bare), 300);
        QCOMPARE(picture.width(), 2126); // 180 mm at 300 dots an inch
        QCOMPARE(picture.height(), 1417);
        QVERIFY(std::abs(picture.dotsPerMeterX() - 11811) <= 1);
        // Its west side lies 2 km west of the middle of the frame.
        const auto figure = everest(bare);
        const double scale = 300 / unitsPerInch;
        const QPointF side = figure.map->toPage({middle.x - 2000, middle.y}) * scale;
        const auto isRed = [&picture](int x, int y) {
            const QColor color = picture.pixelColor(x, y);
            return color.red() > 200 && color.green() < 60;
        };
        int first = -1;
        int last = -1;
        for (int x = 0; x < picture.width() / 2; ++x) {
            if (isRed(x, static_cast<int>(side.y()))) {
                first = first < 0 ? x : first;
                last = x;
            }
        }
        QVERIFY(first > 0);
        QVERIFY2(std::abs((first + last + 1) / 2.0 - side.x()) < 1,
                 "the line's middle is off by a pixel or more");
        QVERIFY(std::abs(last - first + 1 - 2 * scale) < 2);
    }

    void whatIsNotWantedIsNotDrawn() {
        const auto plain = image(everest(bare), 96);
        for (int i = 0; i < 5; ++i) {
            auto furniture = bare;
            bool* each[] = {&furniture.scale, &furniture.north, &furniture.legend, &furniture.graticule,
                            &furniture.inset};
            *each[i] = true;
            QVERIFY(image(everest(furniture), 96) != plain);
        }
    }

    void whatColoursMeanIsToldOnlyWhereTheyMeanSomething() {
        auto figure =
            everest({.scale = true, .north = false, .legend = true, .graticule = false, .inset = false});
        figure.layers.clear(); // its square is red
        const auto without = image(figure, unitsPerInch);
        figure.scales.push_back({"Confidence", {QColor(255, 0, 0), QColor(0, 0, 255)}, "0", "0.5", "1"});
        const auto with = image(figure, unitsPerInch);
        // From left to right along the bar: red, less red, blue; and nothing of it without.
        const auto redsAndBlues = [](const QImage& picture) {
            std::pair<int, int> columns{-1, -1};
            for (int x = 0; x < picture.width() / 2; ++x) {
                for (int y = picture.height() / 2; y < picture.height(); ++y) {
                    const auto color = picture.pixelColor(x, y);
                    if (color.red() > 240 && color.green() < 30 && color.blue() < 30 && columns.first < 0) {
                        columns.first = x;
                    }
                    if (color.blue() > 240 && color.green() < 30 && color.red() < 30) {
                        columns.second = x;
                    }
                }
            }
            return columns;
        };
        QCOMPARE(redsAndBlues(without), std::pair(-1, -1));
        const auto [red, blue] = redsAndBlues(with);
        QVERIFY2(red >= 0 && blue > red + 150, qPrintable(QString("%1 %2").arg(red).arg(blue)));
        figure.furniture.legend = false;
        QCOMPARE(redsAndBlues(image(figure, unitsPerInch)), std::pair(-1, -1));
    }

    void anSvgHasVectorsLabelsAndItsWidthInMillimetres() {
        const auto file = m_folder.filePath("map.svg");
        write(everest(all), file, Format::Svg, 300);
        QFile opened(file);
        QVERIFY(opened.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&opened);
        double width = 0;
        int red = 0;
        QString texts;
        while (!xml.atEnd()) {
            xml.readNext();
            if (!xml.isStartElement()) {
                texts += xml.isCharacters() ? xml.text().toString() + '\n' : QString();
                continue;
            }
            if (xml.name() == u"svg") {
                width = xml.attributes().value("width").toString().remove("mm").toDouble();
            }
            if (xml.attributes().value("stroke") == u"#ff0000") {
                ++red;
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(std::abs(width - 180) < 0.2);
        QVERIFY(red > 0);
        QVERIFY2(texts.contains("86° 50′ E"), qPrintable(texts));
        QVERIFY(texts.contains("RGI 6"));
        QVERIFY(texts.contains("Landsat 7 ETM+ 2000-10-30"));
        QVERIFY(QSvgRenderer(file).isValid());
    }

    void reviewsAreToldByDashesAndMiddlesAndNamedInTheLegend() {
        const auto paintsOf = [&](outlines::Review review) {
            auto figure = everest(all);
            auto outline = static_cast<outlines::Outline>(*figure.layers[0].outlines[0]);
            outline.review = review;
            figure.layers[0].outlines = {outlines::share(std::move(outline))};
            if (review != outlines::Review::NotReviewed) {
                figure.reviews = {{"what was found",
                                   {QColor(255, 0, 0), 2, outlines::stateOf(*figure.layers[0].outlines[0])}}};
            }
            const auto file = m_folder.filePath("review.svg");
            write(figure, file, Format::Svg, 300);
            const QString folder = qEnvironmentVariable("NUNATAK_PICTURES");
            if (!folder.isEmpty()) {
                image(figure, 192)
                    .save(folder + QStringLiteral("/figure_%1.png").arg(static_cast<int>(review)));
            }
            return QString::fromUtf8(contents(file));
        };
        const auto plain = paintsOf(outlines::Review::NotReviewed);
        QVERIFY(!plain.contains("stroke-dasharray") && !plain.contains("what was found"));
        const auto doubtful = paintsOf(outlines::Review::Doubtful);
        QCOMPARE(doubtful.count("stroke-dasharray"), 2); // the outline and its sample in the legend
        QVERIFY(doubtful.contains("what was found"));
        const auto accepted = paintsOf(outlines::Review::Accepted);
        QVERIFY(!accepted.contains("stroke-dasharray") && accepted.contains("what was found"));
        const QRegularExpression white("stroke=\"#ffffff\"");
        QCOMPARE(accepted.count(white), plain.count(white) + 2);
    }

    void theMiddleOfAnAcceptedLineIsSeenOnItsColour() {
        const auto accepted = outlines::OutlineState::Accepted;
        // Dark on all that layers have at first: on ice a white one would be none.
        for (const auto& color : {QColor(255, 80, 190), QColor(80, 165, 255), QColor(255, 221, 51)}) {
            QVERIFY2(middleOf(color, accepted).lightness() < 60, qPrintable(color.name()));
        }
        QCOMPARE(middleOf(QColor(20, 30, 120), accepted), QColor(Qt::white));
    }

    void statesAreToldApartAlsoByWhoSeesNoRedOrNoGreen() {
        // Machado, Oliveira and Fernandes 2009, severity 1, in linear light.
        using Matrix = std::array<std::array<double, 3>, 3>;
        const Matrix normal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
        const Matrix noRed{{{0.152286, 1.052583, -0.204868},
                            {0.114503, 0.786281, 0.099216},
                            {-0.003882, -0.048116, 1.051998}}};
        const Matrix noGreen{{{0.367322, 0.860646, -0.227968},
                              {0.280085, 0.672501, 0.047413},
                              {-0.011820, 0.042940, 0.968881}}};
        const auto seen = [](const QColor& color, const Matrix& eye) {
            const std::array<double, 3> light{std::pow(color.redF(), 2.2), std::pow(color.greenF(), 2.2),
                                              std::pow(color.blueF(), 2.2)};
            std::array<double, 3> found{};
            for (std::size_t i = 0; i < 3; ++i) {
                const auto& row = eye[i];
                found[i] = std::pow(
                    std::clamp(row[0] * light[0] + row[1] * light[1] + row[2] * light[2], 0.0, 1.0), 1 / 2.2);
            }
            return found;
        };
        // The colours that layers have at first: inventory, predicted, expert, side layer.
        for (const auto& color :
             {QColor(80, 165, 255), QColor(255, 80, 190), QColor(255, 221, 51), QColor(255, 140, 40)}) {
            const std::array<QColor, 3> all{color, middleOf(color, outlines::OutlineState::Accepted),
                                            middleOf(color, outlines::OutlineState::Changed)};
            for (const auto& eye : {normal, noRed, noGreen}) {
                for (std::size_t i = 0; i < all.size(); ++i) {
                    const auto a = seen(all[i], eye);
                    const auto b = seen(all[(i + 1) % all.size()], eye);
                    const double apart = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
                    QVERIFY2(apart > 0.35,
                             qPrintable(QString("%1 %2: %3").arg(color.name()).arg(i).arg(apart)));
                }
            }
        }
    }

    void aPdfHasItsSizeOnPaper() {
        const auto file = m_folder.filePath("map.pdf");
        write(everest(all), file, Format::Pdf, 300);
        const auto data = contents(file);
        QVERIFY(data.startsWith("%PDF"));
        const QRegularExpression box(R"(MediaBox \[\s*0 0 ([0-9.]+) ([0-9.]+))");
        const auto match = box.match(QString::fromLatin1(data));
        QVERIFY(match.hasMatch());
        QVERIFY(std::abs(match.captured(1).toDouble() - 180 / 25.4 * 72) < 1);
        QVERIFY(std::abs(match.captured(2).toDouble() - 120 / 25.4 * 72) < 1);
    }

    void formatsAreKnownByTheirEnding() {
        QCOMPARE(formatOf("a/b.PNG"), Format::Png);
        QCOMPARE(formatOf("b.jpeg"), Format::Jpeg);
        QCOMPARE(formatOf("b.pdf"), Format::Pdf);
        QCOMPARE(formatOf("b.svg"), Format::Svg);
        QVERIFY(!formatOf("b.tif").has_value());
    }

    void aFolderThatIsNotThereIsTold() {
        try {
            write(everest(bare), m_folder.filePath("nowhere/map.png"), Format::Png, 96);
            QFAIL("written into a folder that is not there");
        } catch (const Error& error) {
            QVERIFY(QString::fromUtf8(error.what()).contains("nowhere/map.png"));
        }
    }

    void stoppingLeavesThePictureThatWasThere() {
        const auto file = m_folder.filePath("kept.png");
        write(everest(bare), file, Format::Png, 96);
        const auto before = contents(file);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(write(everest(all), file, Format::Png, 96, Progress({}, stop.get_token())),
                                 Cancelled);
        QCOMPARE(contents(file), before);
    }
};

QTEST_MAIN(FigureTest)
#include "figure_test.moc"
