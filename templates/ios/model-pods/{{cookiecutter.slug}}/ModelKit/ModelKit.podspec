# SPDX-License-Identifier: MIT-0
# For a Podfile of the app's: pod 'ModelKit', :path => 'ModelKit'. It is published nowhere.
Pod::Spec.new do |s|
  s.name = 'ModelKit'
  s.version = '1.0.0'
  s.summary = {{ cookiecutter.pod_summary }}
  s.homepage = 'https://example.com'
  s.license = { :type => 'Proprietary', :text => 'See NOTICE.md of the project.' }
  s.author = 'The app that it is part of'
  s.source = { :path => '.' }

  s.ios.deployment_target = '{{ cookiecutter.deployment_target }}'
  s.swift_versions = ['6.0']
  s.source_files = 'Sources/ModelKit/**/*.{swift,h,mm}', 'Generated/Sources/*.swift'
{{ cookiecutter.pod_exclude }}  s.resource_bundles = {
    'ModelKitResources' => ['Generated/{{ cookiecutter.model_file }}', 'Sources/Resources/PrivacyInfo.xcprivacy'],
  }
{{ cookiecutter.pod_lines }}
  s.test_spec 'Tests' do |tests|
    tests.source_files = 'Tests/ModelKitTests/**/*.swift', 'Generated/Tests/*.swift'
{{ cookiecutter.pod_tests_exclude }}    tests.resources = 'Generated/goldens'
  end
end
