// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain_view.h"

#include "ui/terrain/display_stretch.h"
#include "ui/terrain/fill_holes.h"

#include <QMatrix4x4>
#include <QOpenGLContext>
#include <QOpenGLFunctions>

#include <algorithm>
#include <cmath>

namespace nunatak::tests {

namespace {

constexpr int pictureSize = 2048;

geo::Grid squared(geo::Grid grid, int size) {
    grid.pixelSize *= std::max(grid.columns, grid.rows) / static_cast<double>(size);
    grid.columns = grid.rows = size;
    return grid;
}

} // namespace

PlainView::PlainView(const scene::SceneReader& scene, const std::array<std::string, 3>& bands)
    : m_extent(squared(scene.scene().grid, points).extent()),
      m_heights(scene.read("dem", {"elevation"}, squared(scene.scene().grid, points))),
      m_picture(pictureSize, pictureSize, QImage::Format_RGBA8888) {
    ui::terrain::fillHoles(m_heights);
    const auto pixels =
        scene.read("optical", {bands.begin(), bands.end()}, squared(scene.scene().grid, pictureSize));
    for (int band = 0; band < 3; ++band) {
        const auto* values = pixels.band(band);
        const auto stretch = ui::terrain::percentileStretch(values, pixels.bandSize());
        for (std::size_t i = 0; i < pixels.bandSize(); ++i) {
            const float share = (values[i] - stretch.low) / (stretch.high - stretch.low);
            m_picture.bits()[i * 4 + static_cast<std::size_t>(band)] =
                static_cast<uchar>(255 * std::clamp(std::isfinite(share) ? share : 0, 0.0F, 1.0F));
            m_picture.bits()[i * 4 + 3] = 255;
        }
    }
}

PlainView::~PlainView() {
    makeCurrent();
    m_texture.reset();
    m_vertices.destroy();
    m_indices.destroy();
    m_program.removeAllShaders();
    doneCurrent();
}

void PlainView::initializeGL() {
    m_program.addShaderFromSourceCode(QOpenGLShader::Vertex, R"(#version 120
        attribute vec3 place;
        uniform mat4 matrix;
        uniform vec2 size;
        varying vec2 picturePlace;
        void main() {
            picturePlace = place.xy / size;
            gl_Position = matrix * vec4(place, 1.0);
        })");
    m_program.addShaderFromSourceCode(QOpenGLShader::Fragment, R"(#version 120
        uniform sampler2D picture;
        varying vec2 picturePlace;
        void main() { gl_FragColor = texture2D(picture, picturePlace); })");
    m_program.link();
    // From the south-west corner; the picture is turned to have its south first, too.
    const auto width = static_cast<float>(m_extent.width());
    const auto height = static_cast<float>(m_extent.height());
    std::vector<float> vertices;
    std::vector<GLuint> indices;
    for (int row = 0; row < points; ++row) {
        for (int column = 0; column < points; ++column) {
            vertices.insert(vertices.end(), {width * static_cast<float>(column) / (points - 1),
                                             height * static_cast<float>(row) / (points - 1),
                                             m_heights.at(0, points - 1 - row, column)});
            if (row + 1 < points && column + 1 < points) {
                const auto at = static_cast<GLuint>(row * points + column);
                indices.insert(indices.end(),
                               {at, at + 1, at + points + 1, at, at + points + 1, at + points});
            }
        }
    }
    m_count = static_cast<int>(indices.size());
    m_vertices.create();
    m_vertices.bind();
    m_vertices.allocate(vertices.data(), static_cast<int>(vertices.size() * sizeof(float)));
    m_indices.create();
    m_indices.bind();
    m_indices.allocate(indices.data(), static_cast<int>(indices.size() * sizeof(GLuint)));
    m_texture = std::make_unique<QOpenGLTexture>(m_picture.mirrored());
    m_texture->setMinMagFilters(QOpenGLTexture::LinearMipMapNearest, QOpenGLTexture::Linear);
}

void PlainView::paintGL() {
    const auto eye = m_camera.eye();
    const auto forward = m_camera.forward();
    const auto up = m_camera.up();
    const auto local = [this](const ui::terrain::Vec3& place) {
        return QVector3D(static_cast<float>(place.x - m_extent.xmin),
                         static_cast<float>(place.y - m_extent.ymin), static_cast<float>(place.z));
    };
    const auto direction = [](const ui::terrain::Vec3& v) {
        return QVector3D(static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z));
    };
    QMatrix4x4 view;
    view.lookAt(local(eye), local(eye) + direction(forward), direction(up));
    QMatrix4x4 matrix;
    const auto aspect = static_cast<float>(width()) / static_cast<float>(std::max(1, height()));
    const auto distance = static_cast<float>(m_camera.distance());
    const auto far = distance + static_cast<float>(2 * std::max(m_extent.width(), m_extent.height()));
    if (m_camera.isParallel()) {
        const auto half = static_cast<float>(m_camera.viewHeight / 2);
        matrix.ortho(-half * aspect, half * aspect, -half, half, distance - far, far);
    } else {
        matrix.perspective(static_cast<float>(m_camera.openingAngle() * 180 / M_PI), aspect, distance / 50,
                           far);
    }
    auto* gl = context()->functions();
    gl->glClearColor(0.9F, 0.92F, 0.94F, 1);
    gl->glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    gl->glEnable(GL_DEPTH_TEST);
    gl->glEnable(GL_CULL_FACE);
    m_program.bind();
    m_program.setUniformValue("matrix", matrix * view);
    m_program.setUniformValue(
        "size", QVector2D(static_cast<float>(m_extent.width()), static_cast<float>(m_extent.height())));
    m_vertices.bind();
    m_indices.bind();
    m_texture->bind();
    m_program.enableAttributeArray("place");
    m_program.setAttributeBuffer("place", GL_FLOAT, 0, 3);
    gl->glDrawElements(GL_TRIANGLES, m_count, GL_UNSIGNED_INT, nullptr);
    m_program.disableAttributeArray("place");
    m_indices.release();
    m_vertices.release();
    m_program.release();
    gl->glDisable(GL_CULL_FACE);
}

} // namespace nunatak::tests
