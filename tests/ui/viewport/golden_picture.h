// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QImage>
#include <QtTest>

#include <algorithm>
#include <cmath>

// Pictures of invented ground beside those in tests/data/golden. A picture that differs is written into the
// build folder as NAME_candidate.png; look at it, and where it is right copy it over the old one.

namespace nunatak::tests {

/// How two pictures of the same size differ, in steps of 255.
struct PictureDifference {
    double mean = 0;
    double changed = 0; ///< share of pixels that changed visibly: by more than 40 in a colour
    double block = 0;   ///< the largest mean difference of a square of 32 pixels
};

inline PictureDifference differenceOf(const QImage& a, const QImage& b) {
    constexpr int visible = 40;
    constexpr int side = 32;
    PictureDifference result;
    double sum = 0;
    int changed = 0;
    for (int top = 0; top < a.height(); top += side) {
        for (int left = 0; left < a.width(); left += side) {
            double block = 0;
            for (int y = top; y < std::min(top + side, a.height()); ++y) {
                for (int x = left; x < std::min(left + side, a.width()); ++x) {
                    const QRgb p = a.pixel(x, y);
                    const QRgb q = b.pixel(x, y);
                    const int red = std::abs(qRed(p) - qRed(q));
                    const int green = std::abs(qGreen(p) - qGreen(q));
                    const int blue = std::abs(qBlue(p) - qBlue(q));
                    block += (red + green + blue) / 3.0;
                    changed += std::max({red, green, blue}) > visible ? 1 : 0;
                }
            }
            sum += block;
            result.block = std::max(result.block, block / (side * side));
        }
    }
    const double pixels = double(a.width()) * a.height();
    result.mean = sum / pixels;
    result.changed = changed / pixels;
    return result;
}

/// What may differ between drivers. Mesa's two software renderers, which share no rasteriser, differ by at
/// most 0.15 in the mean, 0.001 % of pixels and 1.3 in one place (edges and lines that round to the
/// neighbouring pixel); three times that is allowed. Two bands that change places, a line one pixel beside
/// its place or a swipe line five pixels off give more.
struct Tolerance {
    double mean = 0.5;
    double changed = 0.002;
    double block = 4;
};

inline void compareWithGolden(const QImage& shown, const QString& name, const Tolerance& allowed = {}) {
    const QImage picture = shown.convertToFormat(QImage::Format_RGB32);
    const auto golden = QDir(QStringLiteral(NUNATAK_TEST_DATA "/golden")).filePath(name + ".png");
    const auto candidate =
        QDir(QStringLiteral(NUNATAK_BUILD_DIRECTORY "/tests")).filePath(name + "_candidate.png");
    const QImage expected = QImage(golden).convertToFormat(QImage::Format_RGB32);
    if (expected.size() != picture.size()) {
        QVERIFY(picture.save(candidate));
        QFAIL(qPrintable(QString("There is no golden picture %1 of this size; look at %2, and copy it there "
                                 "if it is right.")
                             .arg(golden, candidate)));
    }
    const auto found = differenceOf(picture, expected);
    const auto sentence = QString("%1: mean difference %2 of 255, %3 % of pixels changed visibly, at most %4 "
                                  "of 255 in one place; see %5")
                              .arg(name)
                              .arg(found.mean, 0, 'f', 3)
                              .arg(100 * found.changed, 0, 'f', 3)
                              .arg(found.block, 0, 'f', 2)
                              .arg(candidate);
    const bool same =
        found.mean <= allowed.mean && found.changed <= allowed.changed && found.block <= allowed.block;
    if (qEnvironmentVariableIsSet("NUNATAK_GOLDEN_FIGURES")) {
        qInfo("%s", qPrintable(sentence));
    }
    if (!same) {
        picture.save(candidate);
    }
    QVERIFY2(same, qPrintable(sentence));
}

} // namespace nunatak::tests
