// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/shader_programs.h"

#include "base/error.h"

#include <fstream>
#include <initializer_list>
#include <sstream>
#include <utility>

namespace nunatak::ui::viewport {

namespace {

osg::ref_ptr<osg::Shader> readShader(osg::Shader::Type type, const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::ostringstream text;
    if (!(stream && text << stream.rdbuf())) {
        throw Error("The shader " + file.string() +
                    " cannot be read; the installation of Nunatak is incomplete, install it again.");
    }
    osg::ref_ptr<osg::Shader> shader(new osg::Shader(type, text.str()));
    shader->setName(file.filename().string());
    return shader;
}

osg::ref_ptr<osg::Program>
readProgram(const std::filesystem::path& folder, const std::string& name,
            std::initializer_list<std::pair<const char*, unsigned>> attributes = {}) {
    osg::ref_ptr<osg::Program> program(new osg::Program);
    program->setName(name);
    program->addShader(readShader(osg::Shader::VERTEX, folder / (name + ".vert")));
    program->addShader(readShader(osg::Shader::FRAGMENT, folder / (name + ".frag")));
    for (const auto& [attribute, location] : attributes) {
        program->addBindAttribLocation(attribute, location);
    }
    return program;
}

} // namespace

ShaderPrograms ShaderPrograms::load(const std::filesystem::path& folder) {
    ShaderPrograms programs;
    programs.sky = readProgram(folder, "sky");
    programs.shadow = readProgram(folder, "shadow");
    programs.terrain = readProgram(folder, "terrain", {{"coarse", firstAttribute}});
    programs.paint = readProgram(folder, "paint");
    programs.plinth = readProgram(folder, "plinth", {{"wall", firstAttribute}});
    programs.line = readProgram(folder, "line", {{"other", firstAttribute}, {"corner", secondAttribute}});
    return programs;
}

std::string ShaderPrograms::refused(osg::State& state) const {
    for (const auto& program : {sky, shadow, terrain, paint, plinth, line}) {
        const auto* compiled = program->getPCP(state);
        // One that was not drawn yet still waits to be linked.
        if (compiled != nullptr && !compiled->needsLink() && !compiled->isLinked()) {
            return program->getName();
        }
    }
    return {};
}

} // namespace nunatak::ui::viewport
