// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/learn/example_strip.h"

#include "ui/base/format.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>

namespace nunatak::ui::learn {

namespace {

constexpr int gap = 6;
constexpr int largestSide = 150;
constexpr QColor saidColor(255, 221, 51);
constexpr QColor foundColor(60, 150, 255);
constexpr float ice = 0.5F;

/// The darkest and brightest of the pixels but for two of a hundred.
std::pair<float, float> stretch(const Image<float>& picture) {
    auto values = picture.values();
    std::erase_if(values, [](float value) { return !std::isfinite(value) || value == 0.0F; });
    if (values.size() < 10) {
        return {0.0F, 1.0F};
    }
    const auto at = [&values](double share) {
        const auto place =
            values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    const float low = at(0.02);
    return {low, std::max(low + 1e-3F, at(0.98))};
}

QImage imageOf(const Image<float>& picture) {
    const auto [low, high] = stretch(picture);
    QImage image(picture.columns(), picture.rows(), QImage::Format_RGB32);
    const auto byte = [low = low, high = high](float value) {
        return static_cast<int>(std::clamp((value - low) / (high - low), 0.0F, 1.0F) * 255.0F);
    };
    for (int row = 0; row < picture.rows(); ++row) {
        for (int column = 0; column < picture.columns(); ++column) {
            std::array<int, 3> color{};
            for (int band = 0; band < 3; ++band) {
                color[static_cast<std::size_t>(band)] =
                    byte(picture.at(picture.bands() == 3 ? band : 0, row, column));
            }
            image.setPixel(column, row, qRgb(color[0], color[1], color[2]));
        }
    }
    return image;
}

bool isIce(const Image<float>& of, int row, int column) {
    return row >= 0 && column >= 0 && row < of.rows() && column < of.columns() &&
           of.at(0, row, column) > ice; // false for what is not known
}

/// What the model found, laid over a picture.
void tint(QImage& image, const Image<float>& found) {
    for (int row = 0; row < found.rows(); ++row) {
        for (int column = 0; column < found.columns(); ++column) {
            if (isIce(found, row, column)) {
                const QColor was(image.pixel(column, row));
                const auto mixed = [](int one, int other) { return (one + other) / 2; };
                image.setPixel(column, row,
                               qRgb(mixed(was.red(), foundColor.red()),
                                    mixed(was.green(), foundColor.green()),
                                    mixed(was.blue(), foundColor.blue())));
            }
        }
    }
}

/// The edge of what was said, drawn on an image `scale` times as large.
void outline(QImage& image, const Image<float>& said, int scale) {
    QPainter painter(&image);
    painter.setPen(QPen(saidColor, 1));
    const auto known = [&said](int row, int column) {
        return row < said.rows() && column < said.columns() && !std::isnan(said.at(0, row, column));
    };
    for (int row = 0; row < said.rows(); ++row) {
        for (int column = 0; column < said.columns(); ++column) {
            if (!known(row, column)) {
                continue;
            }
            const bool here = isIce(said, row, column);
            const int x = (column + 1) * scale;
            const int y = (row + 1) * scale;
            if (known(row, column + 1) && isIce(said, row, column + 1) != here) {
                painter.drawLine(x, row * scale, x, y);
            }
            if (known(row + 1, column) && isIce(said, row + 1, column) != here) {
                painter.drawLine(column * scale, y, x, y);
            }
        }
    }
}

double iouOf(const Image<float>& found, const Image<float>& said) {
    int both = 0;
    int either = 0;
    for (int row = 0; row < said.rows(); ++row) {
        for (int column = 0; column < said.columns(); ++column) {
            if (!std::isnan(said.at(0, row, column))) {
                const bool one = isIce(found, row, column);
                const bool other = isIce(said, row, column);
                both += one && other ? 1 : 0;
                either += one || other ? 1 : 0;
            }
        }
    }
    return either == 0 ? 1 : static_cast<double>(both) / either;
}

} // namespace

ExampleStrip::ExampleStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("learningExamples"));
    setMinimumWidth(columns * 60 + (columns - 1) * gap);
}

void ExampleStrip::setTiles(const std::vector<training::Example>& tiles) {
    m_rows.clear();
    for (const auto& tile : tiles) {
        const auto plain = imageOf(tile.picture);
        const int scale = std::max(1, 2 * largestSide / std::max(1, plain.width()));
        Row row;
        const std::array<const Image<float>*, columns> found{nullptr, &tile.before, &tile.now};
        for (std::size_t i = 0; i < columns; ++i) {
            auto image = plain;
            if (found[i] != nullptr && !found[i]->empty()) {
                tint(image, *found[i]);
            }
            image = image.scaled(plain.width() * scale, plain.height() * scale);
            outline(image, tile.said, scale);
            row.pictures[i] = image;
        }
        const QLocale locale;
        row.tip = tr("%1, %2 m pixels. IoU on this tile: %3 before, %4 now")
                      .arg(text(tile.place), locale.toString(tile.pixelSize, 'g', 4),
                           locale.toString(iouOf(tile.before, tile.said), 'f', 2),
                           locale.toString(iouOf(tile.now, tile.said), 'f', 2));
        m_rows.push_back(std::move(row));
    }
    setVisible(!m_rows.empty());
    fitHeight();
    update();
}

QString ExampleStrip::tip(int tile) const {
    return tile >= 0 && tile < tiles() ? m_rows[static_cast<std::size_t>(tile)].tip : QString();
}

int ExampleStrip::headHeight() const {
    return fontMetrics().height() + 4;
}

int ExampleStrip::side() const {
    return std::clamp((width() - (columns - 1) * gap) / columns, 20, largestSide);
}

void ExampleStrip::fitHeight() {
    setFixedHeight(m_rows.empty() ? 0 : headHeight() + tiles() * (side() + gap));
}

void ExampleStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitHeight();
}

void ExampleStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const int side = this->side();
    const std::array<QString, columns> heads{tr("Outlines"), tr("Before"), tr("Now")};
    for (int column = 0; column < columns && !m_rows.empty(); ++column) {
        const int x = column * (side + gap);
        painter.drawText(QRect(x, 0, side, headHeight()), Qt::AlignHCenter | Qt::AlignTop,
                         heads[static_cast<std::size_t>(column)]);
        for (int row = 0; row < tiles(); ++row) {
            painter.drawImage(QRect(x, headHeight() + row * (side + gap), side, side),
                              m_rows[static_cast<std::size_t>(row)].pictures[column]);
        }
    }
}

bool ExampleStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const int row = (help->pos().y() - headHeight()) / (side() + gap);
        QToolTip::showText(help->globalPos(), help->pos().y() < headHeight() ? QString() : tip(row), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace nunatak::ui::learn
