// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport_fixture.h"

#include <QDir>

// Pictures of the invented terrain beside those in tests/data/golden. A picture that differs is written into
// the build folder; look at it, and where it is right copy it over the old one.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::Viewport;

namespace {

/// Mesa's software renderer rounds a little differently from version to version, and lines that are half a
/// pixel off change the pixels along them: the mean stays under one of 255 steps, and hardly a pixel in a
/// hundred changes visibly. A shift by one pixel, another colour or a missing line gives several times as
/// much.
constexpr double allowedMean = 1.0;
constexpr double allowedShareChanged = 0.012;
constexpr int visibleChange = 40;

void compareWithGolden(const QImage& picture, const QString& name) {
    const QDir golden(QStringLiteral(NUNATAK_TEST_DATA "/golden"));
    const QDir candidates(QStringLiteral(NUNATAK_BUILD_DIRECTORY "/tests"));
    const auto candidate = candidates.filePath(name + "_candidate.png");
    const QImage expected = QImage(golden.filePath(name + ".png")).convertToFormat(QImage::Format_RGB32);
    if (expected.size() != picture.size()) {
        QVERIFY(picture.save(candidate));
        QFAIL(qPrintable(
            QString("There is no golden picture %1 of this size; look at %2, and copy it there if it "
                    "is right.")
                .arg(golden.filePath(name + ".png"), candidate)));
    }
    double sum = 0;
    int changed = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const QRgb p = picture.pixel(x, y);
            const QRgb q = expected.pixel(x, y);
            const int red = std::abs(qRed(p) - qRed(q));
            const int green = std::abs(qGreen(p) - qGreen(q));
            const int blue = std::abs(qBlue(p) - qBlue(q));
            sum += (red + green + blue) / 3.0;
            changed += std::max({red, green, blue}) > visibleChange ? 1 : 0;
        }
    }
    const double pixels = double(picture.width()) * picture.height();
    const auto found = QString("%1: mean difference %2 of 255, %3 % of pixels changed visibly; see %4")
                           .arg(name)
                           .arg(sum / pixels)
                           .arg(100 * changed / pixels)
                           .arg(candidate);
    const bool same = sum / pixels <= allowedMean && changed / pixels <= allowedShareChanged;
    if (!same) {
        picture.save(candidate);
    }
    QVERIFY2(same, qPrintable(found));
}

void addOutlines(Viewport& viewport) {
    const auto middle = viewport.terrain()->heightGrid.extent().center();
    viewport.setLayer("expert",
                      {outlineAround({middle.x - 1900, middle.y + 1600}, 1150, 160, "a"),
                       outlineAround({middle.x + 1700, middle.y + 2000}, 1000, 120, "b")},
                      {QColor(0x00, 0xd0, 0xff), 2, true});
    viewport.setLayer("predicted", {outlineAround({middle.x + 300, middle.y - 2000}, 900, 90, "c")},
                      {QColor(0xff, 0x8c, 0x00), 2, true});
    viewport.setSelection(Viewport::Selection{"predicted", "c"});
}

} // namespace

class ViewportGoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theObliqueViewLooksAsItDid() {
        const auto viewport = shownViewport();
        addOutlines(*viewport);
        compareWithGolden(drawn(*viewport).convertToFormat(QImage::Format_RGB32), "viewport_oblique");
    }

    void theMapViewLooksAsItDid() {
        const auto viewport = shownViewport();
        addOutlines(*viewport);
        viewport->setView(Viewport::View::Nadir);
        settle(*viewport);
        compareWithGolden(viewport->picture({640, 480}), "viewport_nadir");
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(ViewportGoldenTest)
#include "viewport_golden_test.moc"
